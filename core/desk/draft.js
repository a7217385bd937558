import { formFacts } from '#core/form';
import { apply } from './apply.ts';
export function happen(draft, happened, trace) {
    const seq = (draft.state?.seq ?? 0) + 1;
    const event = {
        ...{ seq, at: draft.at, actor: draft.actor, happened },
        ...(trace !== undefined && { trace }),
    };
    draft.events.push(event);
    draft.state = apply(draft.state, event);
}
/** The ticket's own part of the blueprint. */
export function ticketOf(draft) {
    return draft.blueprint.tickets[draft.state.kind];
}
export function filledForm(blueprint, state) {
    const { form } = blueprint.tickets[state.kind];
    return { form, fields: state.fields, subject: state.subject, customer: state.customer };
}
/** The names that conditions and clocks of this ticket may read now. */
export function factsOf(draft) {
    return formFacts(draft.blueprint, filledForm(draft.blueprint, draft.state), draft.facts);
}
/** The store the ticket belongs to: a field of its form, or of the record it is about. */
export function storeOf(draft) {
    const state = draft.state;
    const form = draft.blueprint.forms[ticketOf(draft).form];
    for (const [name, { type }] of Object.entries(form.fields))
        if (type.kind === 'ref' && type.name === 'store' && typeof state.fields[name] === 'string')
            return state.fields[name];
    const entity = form.subject === null ? undefined : draft.blueprint.entities[form.subject];
    const record = state.subject === null ? undefined : draft.facts.records[form.subject]?.[state.subject];
    for (const [name, { type }] of Object.entries(entity?.fields ?? {}))
        if (type.kind === 'ref' && type.name === 'store' && typeof record?.[name] === 'string')
            return record[name];
    return null;
}
