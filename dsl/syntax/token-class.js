import * as T from './tokens.ts';
/** The class of a token; undefined for ends of clauses. */
export function classOf({ tokenType, image }) {
    if (tokenType === T.End)
        return undefined;
    if (tokenType === T.Word)
        return 'name';
    if (tokenType === T.Text)
        return 'text';
    if (tokenType === T.Unknown)
        return 'unknown';
    if (tokenType === T.Int || tokenType === T.Decimal || tokenType === T.Percent)
        return 'number';
    if (tokenType === T.Money)
        return 'money';
    if (tokenType === T.Duration || tokenType === T.Date || tokenType === T.Time)
        return 'time';
    if (/^[{}()[\]（）｛｝【】]$/.test(image))
        return 'bracket';
    return T.wordKinds.has(image) ? 'keyword' : 'operator';
}
/** Every word that serves as a keyword somewhere. */
export const keywords = [...T.wordKinds.keys()];
