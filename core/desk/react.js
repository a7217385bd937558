import { holdersOf } from '#core/routing';
import { happen, storeOf, ticketOf } from './draft.ts';
import { follow } from './move.ts';
/** Takes a reaction of a node: its acts, then its target, or the other one once `max` is used up. */
export function takeReaction(draft, { node, event, index }, reaction) {
    act(draft, node, reaction.acts);
    if (!reaction.target)
        return;
    const key = `${node}/${index}`;
    const limited = reaction.max !== undefined;
    const usedUp = limited && (draft.state.counts[key] ?? 0) >= reaction.max;
    const target = usedUp ? reaction.beyond : reaction.target;
    follow(draft, { node, event, counted: limited && !usedUp ? key : null }, target);
}
/** Notices, escalations and marks; `ask` was answered before. */
export function act(draft, node, acts) {
    for (const step of acts) {
        if (step.act === 'mark')
            happen(draft, { kind: 'marked', priority: step.priority });
        else if (step.act === 'notify')
            notify(draft, node, step.to);
        else if (step.act === 'escalate')
            escalate(draft, node, step.to);
    }
}
function notify(draft, node, to) {
    const staff = [...new Set(to.flatMap(who => peopleOf(draft, node, who)))];
    happen(draft, { kind: 'notified', to, staff });
    tell(draft, { staff, reason: 'notify', node, admin: to.includes('admin') });
}
function escalate(draft, node, to) {
    const staff = [...new Set(to.flatMap(who => peopleOf(draft, node, who)))];
    happen(draft, { kind: 'escalated', node, to, staff });
    tell(draft, { staff, reason: 'escalated', node, admin: to.includes('admin') || staff.length === 0 });
}
function tell(draft, { staff, reason, node, admin }) {
    if (staff.length > 0)
        draft.effects.push({ effect: 'notify-staff', staff, reason, node });
    if (admin)
        draft.effects.push({ effect: 'notify-admin', reason, node });
}
/** A role's holders (of the ticket's store), or whom a word such as `assignee` means. */
function peopleOf(draft, node, who) {
    const token = draft.state.tokens[node];
    if (who === 'assignee')
        return token?.assignee ? [token.assignee] : [];
    if (who === 'upstream')
        return token?.from ? [token.from] : [];
    if (who === 'admin' || who === 'customer')
        return [];
    const roles = who === 'downstream' ? rolesAfter(ticketOf(draft), node) : [who];
    return roles.flatMap(role => holdersOf(role, storeOf(draft), draft.facts.staff).map(person => person.id));
}
/** The roles of the nodes that may come next. */
function rolesAfter(ticket, node) {
    const places = ticket.nodes[node].reactions.flatMap(({ target }) => target ? placesOf(ticket, target) : []);
    return [...new Set(places.map(place => ticket.nodes[place].by))].filter(role => role !== 'customer' && role !== 'system');
}
function placesOf(ticket, target) {
    if (target.go === 'node')
        return [target.to];
    if (target.go !== 'parallel')
        return [];
    return Object.values(ticket.parallels[target.to].branches).map(branch => branch.start);
}
