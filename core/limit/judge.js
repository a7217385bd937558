import { evaluate, lookupRows } from '#core/table';
import { quietUntil, windowAround } from './window.ts';
import { findWords } from './words.ts';
/** A message is not worth sending later than this; seven days. */
export const MAX_DEFER_MS = 7 * 24 * 3600000;
/** Ends of quiet hours and of windows may fall into each other's; so often the next free moment is looked for. */
const MAX_HOPS = 20;
/** The one gate: all limits of the desk's newest version, all their rows that fit. Pure. */
export function judge(question) {
    const { blueprint, at } = question;
    const limits = Object.entries(blueprint.limits);
    const fixed = limits.flatMap(([name, limit]) => fixedReasons(question, name, limit));
    const bound = limits.flatMap(([name, limit]) => boundRows(question, name, limit));
    const timed = bound.flatMap(row => timedReasons(question, row, at));
    const passed = bound.map(({ limit, index }) => ({ reason: 'row', limit, row: index }));
    const reasons = [...fixed, ...timed, ...(timed.length === 0 ? passed : [])];
    const forbidden = fixed.some(({ reason, act }) => reason === 'skip' || act === 'block');
    const dropped = timed.some(({ beyond }) => beyond === 'drop');
    if (forbidden || dropped)
        return { verdict: 'drop', until: null, reasons: reasons.map(plain) };
    const held = timed.filter(({ beyond }) => beyond === 'defer');
    if (held.length === 0)
        return { verdict: 'allow', until: null, reasons: reasons.map(plain) };
    const until = nextFree(question, bound);
    if (until === undefined || until - at > MAX_DEFER_MS) {
        const late = { reason: 'too-late', until: until ?? at + MAX_DEFER_MS };
        return { verdict: 'drop', until: null, reasons: [...reasons.map(plain), late] };
    }
    return { verdict: 'defer', until, reasons: reasons.map(plain) };
}
function plain(reason) {
    const { beyond: _, ...rest } = reason;
    return rest;
}
/** What no later hour would change: skips and words. */
function fixedReasons({ blueprint, facts, message }, name, limit) {
    const skips = limit.skips.flatMap(({ purpose, when }, index) => {
        const applies = purpose === message.purpose && evaluate(blueprint, when, facts) === true;
        return applies ? [{ reason: 'skip', limit: name, index }] : [];
    });
    const words = limit.words.flatMap(({ lexicon, act }) => findWords(message.text, blueprint.lexicons[lexicon] ?? []).map(({ word, start }) => ({
        reason: 'word',
        lexicon,
        word,
        start,
        act,
    })));
    return [...skips, ...words];
}
function boundRows(question, name, limit) {
    const { blueprint, message, history } = question;
    const facts = { ...question.facts, purpose: message.purpose, channel: message.channel };
    const values = limit.table.inputs.map((column, index) => [column.name, evaluate(blueprint, limit.inputs[index], facts)]);
    const hits = lookupRows(blueprint, limit.table, Object.fromEntries(values)).trace.filter(({ hit }) => hit);
    return hits.map(({ row }) => ({
        ...{ limit: name, index: row, row: limit.rows[row] },
        counted: history.filter(sent => covers(blueprint, limit, { row, sent })),
    }));
}
/** Whether a row counts a message: its purpose and channel fit, whoever the customer was then. */
function covers(blueprint, { table }, { row, sent }) {
    const { when } = table.rows[row];
    if (when === 'else')
        return true;
    const kept = table.inputs.flatMap(({ name }, index) => name === 'purpose' || name === 'channel' ? [index] : []);
    const narrow = {
        ...{ ...table, inputs: kept.map(index => table.inputs[index]) },
        rows: [{ when: kept.map(index => when[index]), then: [] }],
    };
    const facts = { purpose: sent.purpose, channel: sent.channel };
    return lookupRows(blueprint, narrow, facts).row === 0;
}
/** Quiet hours and caps that stand in the way at an instant. */
function timedReasons({ blueprint, facts, zone }, { limit, index, row, counted }, at) {
    const { quiet, beyond } = row;
    const reasons = [];
    const until = quiet === null ? undefined : quietUntil(at, quiet, zone);
    if (quiet && until !== undefined)
        reasons.push({ reason: 'quiet', limit, row: index, ...quiet, until, beyond });
    const caps = [
        ['day', row.perDay],
        ['week', row.perWeek],
        ['month', row.perMonth],
    ];
    for (const [per, code] of caps) {
        const cap = code === null ? null : evaluate(blueprint, code, facts);
        if (typeof cap !== 'number')
            continue;
        const { from, to } = windowAround(at, per, zone);
        const used = counted.filter(sent => sent.from < to && from <= sent.to).length;
        if (used >= cap)
            reasons.push({ reason: 'cap', limit, row: index, per, cap, used, until: to, beyond });
    }
    return reasons;
}
/** The first instant after `at` when nothing that defers stands in the way; undefined when none is near. */
function nextFree(question, bound) {
    let at = question.at;
    for (let hop = 0; hop < MAX_HOPS; hop++) {
        const held = bound
            .flatMap(row => timedReasons(question, row, at))
            .filter(({ beyond }) => beyond === 'defer');
        if (held.length === 0)
            return at;
        at = Math.max(...held.map(({ until }) => until));
        if (at - question.at > MAX_DEFER_MS)
            return at;
    }
    return undefined;
}
