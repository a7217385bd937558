import { catalogue } from './catalogue.ts';
export function severityOf(diagnostic) {
    return catalogue[diagnostic.code].severity;
}
/** The sentence of a diagnostic, in the language asked for. */
export function messageOf(diagnostic, language) {
    return fill(catalogue[diagnostic.code][language], diagnostic.params);
}
/** What to do about it. */
export function helpOf(diagnostic, language) {
    return fill(catalogue[diagnostic.code].help[language], diagnostic.params);
}
function fill(template, params) {
    return template.replace(/\{(\w+)\}/g, (_, key) => params[key] ?? '');
}
/** A place as people count it: line and column from 1, in UTF-16 units. */
export function positionAt(source, offset) {
    const before = source.slice(0, offset);
    const lineStart = before.lastIndexOf('\n') + 1;
    return { line: before.split('\n').length, column: offset - lineStart + 1 };
}
