const tightBefore = new Set([',', ';', ')', ']', '.', '?', ':', '..', '..<']);
const tightAfter = new Set(['(', '[', '.', '..', '..<']);
const asWritten = new Set(['(', '[']);
/** After these a minus is a sign, not a subtraction. */
const signBefore = new Set([
    ...[
        '=',
        '!=',
        '<',
        '<=',
        '>',
        '>=',
        '+',
        '-',
        '*',
        '/',
        '..',
        '..<',
        '(',
        '[',
        ',',
        '{',
        '|',
        '||',
        '->',
        ':',
    ],
    ...[
        'in',
        'and',
        'or',
        'not',
        'if',
        'then',
        'else',
        'when',
        'default',
        'base',
        'times',
        'plus',
        'cap',
        'has',
        'where',
    ],
]);
/** How a token reads: punctuation in its ASCII form, everything else as written. */
export function textOf(token) {
    const { name } = token.tokenType;
    return name.startsWith("'") && !/[\p{L}]/u.test(name) ? name.slice(1, -1) : token.image;
}
/** What stands between two tokens of a line; `written` is what the author put there. */
export function gapBetween(before, token, next) {
    const [left, right] = [textOf(token), textOf(next.after)];
    if (tightAfter.has(left) || (left === '-' && isSign(before)))
        return '';
    if (left === '{' && right === '}')
        return ' '.repeat(Math.min(1, next.written.length));
    if (asWritten.has(right))
        return next.written === '' ? '' : ' ';
    const tight = tightBefore.has(right);
    // Why: an author who puts several blanks lines things up below each other.
    if (next.written.length > 1 && (!tight || right === ':') && /^ +$/.test(next.written))
        return next.written;
    if (right === ':' && next.written !== '')
        return ' ';
    return tight ? '' : ' ';
}
function isSign(before) {
    return before === undefined || signBefore.has(textOf(before));
}
