import { evaluate } from '#core/table';
import { finish, refuse, startDraft, } from './command.ts';
import { factsOf, happen, ticketOf } from './draft.ts';
import { follow } from './move.ts';
import { assignNode } from './place.ts';
import { act, takeReaction } from './react.ts';
/** Fires a timer of the ticket; one that is gone (its node was left, it fired before) is moot. */
export function due(question, command) {
    const timer = question.state.timers.find(({ id }) => id === command.timer);
    if (!timer)
        return refuse('moot');
    const draft = startDraft(question);
    happen(draft, { kind: 'timer-fired', id: timer.id });
    if (timer.kind === 'clock')
        reachMark(draft, timer);
    else if (timer.kind === 'route')
        passOn(draft, timer);
    else
        waitedLong(draft, timer);
    return finish(draft);
}
function reachMark(draft, timer) {
    const ticket = ticketOf(draft);
    const clocks = [...ticket.clocks, ...ticket.nodes[timer.node].clocks];
    const mark = clocks.find(clock => clock.name === timer.clock).marks[timer.index];
    if (mark.when && evaluate(draft.blueprint, mark.when, factsOf(draft)) !== true)
        return;
    happen(draft, { kind: 'clock-reached', node: timer.node, clock: timer.clock, share: mark.share });
    act(draft, timer.node, mark.acts);
    if (mark.target)
        follow(draft, { node: timer.node, event: null, counted: null }, mark.target);
}
function waitedLong(draft, { node, index }) {
    const reaction = ticketOf(draft).nodes[node].reactions[index];
    if (reaction.when && evaluate(draft.blueprint, reaction.when, factsOf(draft)) !== true)
        return;
    takeReaction(draft, { node, event: null, index }, reaction);
}
/** Nobody of the first team came free: the wait goes on in the other one. */
function passOn(draft, { node }) {
    const route = draft.blueprint.routes[`${draft.state.kind}.${node}`];
    if (route?.after)
        assignNode(draft, node, route.after.team);
}
