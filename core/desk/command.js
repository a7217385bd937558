export function refuse(refused, params = {}, problems) {
    return { refused, params, ...(problems && { problems }) };
}
export function startDraft({ blueprint, facts, at, asker, state }) {
    return { blueprint, facts, at, actor: asker.actor, state, events: [], effects: [] };
}
export function finish(draft) {
    return { events: draft.events, effects: draft.effects, state: draft.state };
}
