import { findWords } from '#core/limit';
import { infer, inferAs, nowName, zoneName } from './infer.ts';
const bool = { kind: 'bool' };
/** A lexicon's words. */
export function checkLexicon(_, node) {
    return node.words.map(word => word.value);
}
/** Checks who belongs to a segment; undefined when the condition cannot be read. */
export function checkSegment(scope, node) {
    const condition = inferAs({ scope, names: reachNames(scope) }, node.condition, bool);
    return condition && { label: node.label?.value ?? node.name.text, condition: condition.code };
}
/** What conditions about a customer may read: the customer, today, open tickets and past events. */
export function reachNames(scope, more = []) {
    return new Map([
        ['customer', { kind: 'ref', name: 'customer' }],
        ['today', { kind: 'date' }],
        [nowName, { kind: 'int' }],
        [zoneName, { kind: 'text' }],
        ...[...scope.tickets.keys()].map((ticket) => [`open(${ticket})`, bool]),
        ...[...scope.events].map((event) => [`last(${event})`, { kind: 'int' }]),
        ...more,
    ]);
}
const placeholder = /\{([^{}\s]+)\}/g;
/** Reads the places of a text: `{customer.name}`. */
export function checkText(place, label) {
    const parts = [];
    let at = 0;
    for (const match of label.value.matchAll(placeholder)) {
        if (match.index > at)
            parts.push(label.value.slice(at, match.index));
        at = match.index + match[0].length;
        const inferred = infer(place, pathExpression(match[1], label));
        if (inferred)
            parts.push(inferred.code);
    }
    if (at < label.value.length)
        parts.push(label.value.slice(at));
    return parts;
}
function pathExpression(path, { start, end }) {
    const [first = '', ...rest] = path.split('.');
    return rest.reduce((object, text) => ({ kind: 'member', object, name: { text, start, end }, start, end }), { kind: 'name', name: first, start, end });
}
/** What can be seen of an SOP beside the limits: nothing sends without one, no text is blocked for ever. */
export function proveSends(scope, blueprint, node) {
    const sends = node.steps.filter(step => step.kind === 'send');
    if (sends.length > 0 && Object.keys(blueprint.limits).length === 0)
        scope.report(node.name, 'AX6008', { name: node.name.text });
    for (const { text, purpose } of sends)
        for (const { words } of Object.values(blueprint.limits))
            for (const { lexicon, act } of words)
                reportWords(scope, blueprint, { text, purpose, lexicon, act });
}
function reportWords(scope, blueprint, at) {
    const [found] = findWords(at.text.value, blueprint.lexicons[at.lexicon] ?? []);
    if (!found)
        return;
    if (at.act === 'block')
        scope.report(at.text, 'AX6002', { lexicon: at.lexicon, word: found.word });
    else if (at.purpose?.text === 'service')
        scope.report(at.text, 'AX6004', { word: found.word });
}
