import { readRecord, settingFacts } from '#core/form';
import { localDate } from '#core/values';
/** The facts that conditions of segments, limits and SOPs read. */
export function customerFacts(blueprint, around, { customer, subject, history, at, zone }) {
    const facts = {
        ...settingFacts(blueprint, around),
        customer: readRecord(blueprint, around, { entity: 'customer', key: customer }),
        today: localDate(at, zone),
        '(now)': at,
        '(zone)': zone,
    };
    if (subject)
        facts[subject.entity] = readRecord(blueprint, around, subject);
    for (const kind of Object.keys(blueprint.tickets))
        facts[`open(${kind})`] = history.open.has(kind);
    for (const [event, instant] of Object.entries(history.last))
        facts[`last(${event})`] = instant;
    return facts;
}
