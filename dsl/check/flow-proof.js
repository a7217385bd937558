import { stationsOf } from './flow.ts';
/**
 * Proves a ticket's flow sound: every place is reached, an end can be reached from every place, every wait has a
 * clock, no transition is dead, no timed loop is endless. Forward and backward search, linear in nodes and transitions;
 * split and join are balanced by construction.
 */
export function proveFlow(scope, node, ticket) {
    const spans = new Map([
        ...stationsOf(node).map(([station]) => [station.name.text, station.name]),
        ...node.parallels.map(({ name }) => [name.text, name]),
        ...node.ends.flatMap(end => end.outcomes.map(({ name }) => [`${end.name.text}.${name.text}`, name])),
    ]);
    const edges = edgesOf(ticket);
    const reached = reachable([ticket.start], edges);
    const ending = reachable(Object.keys(ticket.ends), reversed(edges));
    for (const [name, span] of spans) {
        if (!reached.has(name))
            scope.report(span, 'AX5001', { name });
        else if (!ending.has(name))
            scope.report(span, 'AX5002', { name, path: pathTo(ticket.start, name, edges) });
    }
    for (const [station] of stationsOf(node)) {
        const checked = ticket.nodes[station.name.text];
        if (ticket.clocks.length + checked.clocks.length === 0 &&
            !checked.reactions.some(r => r.trigger === 'after'))
            scope.report(station.name, 'AX5003', { name: station.name.text });
        proveReactions(scope, { name: station.name.text, node: checked, edges }, station.reactions);
    }
}
function proveReactions(scope, at, spans) {
    const open = new Set();
    const guarded = new Map();
    at.node.reactions.forEach((reaction, index) => {
        const span = spans[index] ?? spans[0];
        for (const event of reaction.events) {
            if (open.has(event))
                scope.report(span, 'AX5005', { name: event });
            if (reaction.when)
                guarded.set(event, span);
            else
                open.add(event);
        }
        if (isEndlessLoop(at, reaction))
            scope.report(span, 'AX5008', { name: at.name });
    });
    for (const [event, span] of guarded)
        if (!open.has(event))
            scope.report(span, 'AX5004', { name: event });
}
/** A timed way back to where it started may run for ever; a person's choice may not. */
function isEndlessLoop(at, reaction) {
    const to = reaction.target && placeOf(reaction.target);
    if (reaction.trigger !== 'after' || to === undefined || reaction.max !== undefined)
        return false;
    return reachable([to], at.edges).has(at.name);
}
function edgesOf(ticket) {
    const edges = new Map();
    for (const [name, node] of Object.entries(ticket.nodes)) {
        const targets = [
            ...node.reactions.flatMap(reaction => [reaction.target, reaction.beyond]),
            ...[...ticket.clocks, ...node.clocks].flatMap(clock => clock.marks.map(mark => mark.target)),
        ];
        edges.set(name, targets.flatMap(target => (target ? (placeOf(target) ?? afterRegion(ticket, node)) : [])));
    }
    for (const [name, parallel] of Object.entries(ticket.parallels)) {
        const starts = Object.values(parallel.branches).map(branch => branch.start);
        const skips = Object.values(parallel.branches).every(branch => branch.when);
        edges.set(name, [...starts, ...(skips ? (placeOf(parallel.target) ?? []) : [])]);
    }
    return edges;
}
function placeOf(target) {
    return target.go === 'done' ? undefined : target.to;
}
/** `done` leads on to where the region leads once its branches have joined. */
function afterRegion(ticket, node) {
    const parallel = node.within && ticket.parallels[node.within.parallel];
    const to = parallel && placeOf(parallel.target);
    return to === undefined || to === null ? [] : [to];
}
function reachable(from, edges) {
    const seen = new Set(from);
    for (const name of seen)
        for (const next of edges.get(name) ?? [])
            seen.add(next);
    return seen;
}
function reversed(edges) {
    const back = new Map();
    for (const [from, targets] of edges)
        for (const to of targets)
            back.set(to, [...(back.get(to) ?? []), from]);
    return back;
}
function pathTo(start, goal, edges) {
    const before = new Map();
    const seen = new Set([start]);
    for (const name of seen)
        for (const next of edges.get(name) ?? [])
            if (!seen.has(next)) {
                before.set(next, name);
                seen.add(next);
            }
    const path = [goal];
    for (let at = before.get(goal); at !== undefined; at = before.get(at))
        path.unshift(at);
    return path.join(' → ');
}
