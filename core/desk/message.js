import { finish, startDraft } from './command.ts';
import { happen } from './draft.ts';
/** A customer's words on an open ticket: kept in its history, and told to whoever works it. */
export function message(question, { text, messageId }) {
    const draft = startDraft(question);
    happen(draft, { kind: 'message-received', text, messageId });
    for (const [node, { assignee }] of Object.entries(draft.state.tokens))
        if (assignee !== null)
            draft.effects.push({ effect: 'notify-staff', staff: [assignee], reason: 'message', node });
    return finish(draft);
}
