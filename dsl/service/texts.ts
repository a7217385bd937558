/** A pack as the editor holds it: texts by path. */
export type Texts = Readonly<Record<string, string>>
