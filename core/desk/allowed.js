import { mayTake } from './transition.ts';
/** Every transition where the ticket stands now. */
export function allowedTransitions(question) {
    const ticket = question.blueprint.tickets[question.state.kind];
    return Object.keys(question.state.tokens).flatMap(name => {
        const node = ticket.nodes[name];
        const events = [...new Set(node.reactions.flatMap(reaction => reaction.events))];
        return events.map(event => {
            const refusal = mayTake(question, { name, event });
            const own = node.reactions.filter(reaction => reaction.events.includes(event));
            const asked = own.flatMap(({ acts }) => acts.flatMap(act => (act.act === 'ask' ? act.fields : [])));
            const asks = own.some(reaction => reaction.target) ? [...node.asks, ...asked] : asked;
            return {
                ...{ node: name, event, asks: [...new Set(asks)] },
                ...{ refused: refusal?.refused ?? null, params: refusal?.params ?? {} },
            };
        });
    });
}
