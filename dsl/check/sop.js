import { purposes, } from '#core/blueprint';
import { checkSpan } from './flow.ts';
import { inferAs } from './infer.ts';
import { checkText, reachNames } from './reach.ts';
import { knownName } from './scope.ts';
const purposeNames = new Set(purposes);
/** Channels that messages really leave by. */
const running = new Set(['wecom']);
/** Checks a series of messages and to-dos: who enters it, what it does, and what ends it. */
export function checkSop(scope, node) {
    const subjects = node.triggers.flatMap(({ trigger, subject }) => {
        const entity = trigger === 'on' ? (subject.text.split('.')[0] ?? '') : '';
        const isNamed = scope.entities.has(entity) && entity !== 'customer';
        return isNamed ? [[entity, { kind: 'ref', name: entity }]] : [];
    });
    const place = { scope, names: reachNames(scope, subjects) };
    if (node.triggers.length === 0 || node.steps.every(step => step.kind === 'wait'))
        scope.report(node.name, 'AX6006', { name: node.name.text });
    const event = (name) => knownName(scope, name, scope.events) ?? '';
    return {
        label: node.label?.value ?? node.name.text,
        triggers: node.triggers.flatMap(trigger => checkTrigger(place, trigger) ?? []),
        steps: node.steps.flatMap(step => checkStep(place, step) ?? []),
        reactions: node.reactions.map(reaction => ({
            event: event(reaction.event),
            to: reaction.target.text,
        })),
        stops: node.stops.flatMap(stop => inferAs(place, stop, { kind: 'bool' })?.code ?? []),
        goal: node.goal ? { event: event(node.goal.event), within: checkSpan(place, node.goal.within) } : null,
    };
}
function checkTrigger(place, node) {
    const { scope } = place;
    if (node.moment)
        scope.report(node.moment, 'AX9001', { word: 'at', name: node.subject.text });
    const isEvent = node.trigger === 'on';
    const subject = knownName(scope, node.subject, isEvent ? scope.events : new Set([...scope.segments, 'customer']));
    const when = node.when && inferAs(place, node.when, { kind: 'bool' });
    if (subject === undefined)
        return undefined;
    if (isEvent && !leadsToCustomer(scope, subject))
        scope.report(node.subject, 'AX6001', { name: subject });
    return {
        on: isEvent ? 'event' : 'segment',
        subject,
        ...(when && { when: when.code }),
        once: node.once ? checkSpan(place, node.once) : null,
    };
}
/** The entity is the customer or has a field that holds one. */
function leadsToCustomer(scope, event) {
    const entity = event.split('.')[0];
    const fields = [...scope.members({ kind: 'ref', name: entity }).values()];
    return entity === 'customer' || fields.some(type => type.kind === 'ref' && type.name === 'customer');
}
function checkStep(place, step) {
    const { scope } = place;
    if (step.kind === 'run') {
        scope.report(step.call, 'AX9001', { word: 'run', name: step.name.text });
        return undefined;
    }
    if (step.kind === 'wait') {
        const event = step.until && knownName(scope, step.until, scope.events);
        const until = event === undefined ? null : { event, to: (step.target?.text ?? null) };
        return { step: 'wait', span: checkSpan(place, step.duration), until };
    }
    const when = step.when && inferAs(place, step.when, { kind: 'bool' });
    const common = { name: step.name.text, ...(when && { when: when.code }), text: checkText(place, step.text) };
    if (step.kind === 'send') {
        const purpose = step.purpose && knownName(scope, step.purpose, purposeNames);
        return {
            step: 'send',
            ...common,
            channels: channelsOf(scope, step.channels),
            purpose: (purpose ?? 'promo'),
        };
    }
    const receivers = new Set([...scope.roles, 'admin']);
    return {
        ...{ step: 'task', ...common, due: checkSpan(place, step.due) },
        role: knownName(scope, step.role, scope.roles) ?? '',
        escalate: step.escalate.flatMap(name => knownName(scope, name, receivers) ?? []),
    };
}
function channelsOf(scope, names) {
    const known = new Set(scope.enums.get('channel')?.values.map(value => value.name.text));
    return names.flatMap(name => {
        const channel = knownName(scope, name, known);
        if (channel === undefined)
            return [];
        if (!running.has(channel))
            scope.report(name, 'AX9001', { word: channel, name: channel });
        return [channel];
    });
}
