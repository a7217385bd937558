import { positionAt } from '#dsl/diagnostics';
export function rangeOf(source, { start, end }) {
    const [from, to] = [positionAt(source, start), positionAt(source, end)];
    return { startLine: from.line, startColumn: from.column, endLine: to.line, endColumn: to.column };
}
