import { spanInstant } from '#core/sla';
import { evaluate } from '#core/table';
/** Whether a customer may enter by a trigger now, or why not. `last` is the start of the latest enrolment in this SOP. */
export function mayEnter({ blueprint, facts, frame, at }, trigger, last) {
    if (last?.isRunning)
        return 'running';
    const segment = trigger.on === 'segment' ? blueprint.segments[trigger.subject] : undefined;
    if (segment && evaluate(blueprint, segment.condition, facts) !== true)
        return 'segment';
    if (trigger.when && evaluate(blueprint, trigger.when, facts) !== true)
        return 'condition';
    if (!last || !trigger.once)
        return 'enter';
    const again = spanInstant(blueprint, { span: trigger.once, facts, frame }, { from: last.startedAt, thousandths: 1000 });
    return 'at' in again && at >= again.at ? 'enter' : 'once';
}
