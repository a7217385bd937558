import { parse, } from '#dsl/syntax';
import { positionAt } from '#dsl/diagnostics';
/** The flow of a ticket; undefined when no text declares it in a form that can be read. */
export function picture(texts, ticketName) {
    for (const file of Object.keys(texts).sort()) {
        const { declarations, faults } = parse(texts[file]);
        const ticket = declarations.find((node) => node.kind === 'ticket' && node.name.text === ticketName);
        if (!ticket)
            continue;
        const source = texts[file];
        const fault = faults.find(({ start }) => start >= ticket.start && start <= ticket.end);
        const nodes = nodesOf(source, ticket);
        const known = new Set(nodes.map(({ id }) => id));
        return {
            ticket: ticketName,
            label: ticket.label?.value ?? ticketName,
            file,
            ...{ nodes, edges: edgesOf(source, ticket).filter(({ to }) => known.has(to)) },
            brokenLine: fault ? positionAt(source, fault.start).line : null,
            start: ticket.start,
            end: ticket.end,
        };
    }
    return undefined;
}
function nodesOf(source, ticket) {
    const common = { by: '', clocks: [] };
    const isStart = (id) => ticket.first?.text === id;
    const station = (node) => ({
        id: node.name.text,
        label: node.label?.value ?? node.name.text,
        kind: 'node',
        by: node.by?.text ?? '',
        clocks: node.clocks.map(clock => clockOf(source, clock)),
        isStart: isStart(node.name.text),
        ...{ span: place(node), name: place(node.name) },
    });
    const regions = ticket.parallels.flatMap((parallel) => {
        const { text: id } = parallel.name;
        const region = { id, label: id, kind: 'parallel', ...common, isStart: isStart(id) };
        const inside = parallel.branches.flatMap(branch => branch.nodes.map(node => ({ ...station(node), within: { parallel: id, branch: branch.name.text } })));
        return [{ ...region, span: place(parallel), name: place(parallel.name) }, ...inside];
    });
    const ends = ticket.ends.flatMap(end => end.outcomes.map(({ name }) => ({
        ...{ id: `${end.name.text}.${name.text}`, label: name.text, kind: 'end', ...common, isStart: false },
        ...{ span: place(end), name: place(name) },
    })));
    return [...ticket.nodes.map(station), ...regions, ...ends];
}
function edgesOf(source, ticket) {
    const outer = ticket.nodes.flatMap(node => exits(source, node));
    const regions = ticket.parallels.flatMap(parallel => {
        const id = parallel.name.text;
        const inner = parallel.branches.flatMap(branch => branch.nodes.flatMap(node => exits(source, node, id)));
        return [...inner, ...toTarget(parallel.target, { from: id, label: '', trigger: 'join', guarded: false })];
    });
    return [...outer, ...regions];
}
/** The edges of a node's reactions; where a limit ends a loop, the way beyond it is an edge of its own. */
function exits(source, node, region) {
    return node.reactions.flatMap(reaction => {
        const { target, beyond, max, when } = reaction;
        if (reaction.trigger === 'at')
            return [];
        const label = labelOf(source, reaction);
        const common = { from: node.name.text, trigger: reaction.trigger, region };
        const first = target && toTarget(target, { ...common, label, guarded: when !== undefined });
        const over = beyond && toTarget(beyond, { ...common, label: `${label} (>${max})`, guarded: true });
        return [...(first ?? []), ...(over ?? [])].map(edge => ({ ...edge, span: place(reaction) }));
    });
}
function toTarget(target, { region, ...edge }) {
    const to = target.kind === 'done' ? region : target.name?.text;
    return to === undefined ? [] : [{ ...edge, to, span: place(target) }];
}
function labelOf(source, { events, moment }) {
    return moment ? source.slice(moment.start, moment.end) : events.map(event => event.text).join(', ');
}
function clockOf(source, { name, duration }) {
    return { name: name.text, time: source.slice(duration.start, duration.end) };
}
function place({ start, end }) {
    return { start, end };
}
