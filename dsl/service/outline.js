import { parse } from '#dsl/syntax';
/** What the texts declare, as far as they can be read, file by file in reading order. */
export function outline(texts) {
    return Object.keys(texts)
        .sort()
        .flatMap(file => parse(texts[file]).declarations.map(node => rowOf(file, node)));
}
function rowOf(file, node) {
    const items = node.kind === 'ticket' ? partsOf(file, node) : [];
    const kind = node.kind === 'other' ? node.word.text : node.kind;
    const names = 'names' in node ? node.names : undefined;
    const name = names ? names.map(item => ('name' in item ? item.name : item).text).join(', ') : node.name.text;
    return { ...item(file, kind, node), name, label: node.label?.value ?? name, items };
}
function partsOf(file, ticket) {
    const regions = ticket.parallels.map(parallel => ({
        ...item(file, 'parallel', parallel),
        items: parallel.branches.flatMap(branch => branch.nodes.map(node => item(file, 'node', node))),
    }));
    return [
        ...ticket.nodes.map(node => item(file, 'node', node)),
        ...regions,
        ...ticket.ends.map(end => item(file, 'end', end)),
    ].sort((a, b) => a.start - b.start);
}
function item(file, kind, node) {
    const { name, start, end } = node;
    const at = { start: name.start, end: name.end };
    return { kind, name: name.text, label: node.label?.value ?? name.text, file, at, start, end, items: [] };
}
