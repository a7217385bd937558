/** Whether a file of a pack holds rows rather than declarations. */
export function isSheet(path: string): boolean {
  return /\.csv$/i.test(path)
}

/** The texts of a pack that are written in the language, without its sheets. */
export function withoutSheets(texts: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const paths = Object.keys(texts)
  return paths.some(isSheet)
    ? Object.fromEntries(Object.entries(texts).filter(([path]) => !isSheet(path)))
    : texts
}
