import { evaluate } from '#core/table';
import { encodeValue } from '#core/values';
import { factsOf, happen, ticketOf } from './draft.ts';
/** Starts the action of a node: its inputs are worked out now, and its key makes every repeat the same run. */
export function startRun(draft, node) {
    const { run } = ticketOf(draft).nodes[node];
    if (!run)
        return;
    const { inputs, key } = draft.blueprint.actions[run.action];
    const facts = factsOf(draft);
    const values = run.args.map(code => encodeValue(evaluate(draft.blueprint, code, facts)));
    const input = {};
    inputs.forEach(({ name }, index) => (input[name] = values[index]));
    const { visit } = draft.state.tokens[node];
    const runId = `${draft.state.id}/${node}#${visit}`;
    const keyText = key === null || key === 'run.id' ? runId : key === 'ticket.id' ? draft.state.id : String(input[key]);
    const started = { node, action: run.action, input, key: keyText };
    happen(draft, { kind: 'action-started', ...started });
    draft.effects.push({ effect: 'run-action', visit, ...started });
}
