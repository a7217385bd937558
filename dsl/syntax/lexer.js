import { isCurrency } from '#core/values';
import * as T from './tokens.ts';
const wordStart = /[A-Za-z_\u00c0-\u024f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]/;
const wordPart = /[A-Za-z0-9_\u00b7\u00c0-\u024f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]*/y;
const fullWidth = {
    ...{
        '，': ',',
        '、': ',',
        '；': ',',
        '：': ':',
        '（': '(',
        '）': ')',
        '｛': '{',
        '｝': '}',
        '【': '[',
        '】': ']',
    },
    ...{
        '｜': '|',
        '＝': '=',
        '＜': '<',
        '＞': '>',
        '＋': '+',
        '－': '-',
        '＊': '*',
        '／': '/',
        '？': '?',
        '．': '.',
    },
};
const quotes = { '"': '"', '“': '”', '”': '”', '＂': '＂' };
const literals = [
    [/\d{4}-\d{2}-\d{2}(?!\d)/y, T.Date],
    [/\d{1,2}:\d{2}(?!\d)/y, T.Time],
    [/\d+(?:\.\d+)?%/y, T.Percent],
    [/\d+(?:mo|s|m|h|d|w)(?![A-Za-z0-9_])/y, T.Duration],
    [/\d+\.\d+/y, T.Decimal],
    [/\d+/y, T.Int],
];
const money = /(?:[¥￥]|[A-Z]{3} )(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?/y;
const ruleLine = /\|[-|: \t]*---[-|: \t]*(?=\r?\n|$)/y;
const symbols = Object.keys(T.P).sort((a, b) => b.length - a.length);
/** Splits any string into tokens; never throws. Newlines come as End tokens, for `layout` to keep or drop. */
export function lex(source) {
    const tokens = [];
    let at = 0;
    let lineStart = true;
    while (at < source.length) {
        const char = source[at];
        if (char === ' ' || char === '\t' || char === '\r' || char === '\u3000' || char === '\ufeff')
            at++;
        else if (char === '/' && source[at + 1] === '/')
            at = endOfLine(source, at);
        else {
            const [kind, end] = scan(source, at, lineStart);
            tokens.push(token(source, kind, at, end));
            lineStart = char === '\n';
            at = end;
        }
    }
    return tokens;
}
function scan(source, at, lineStart) {
    const char = source[at];
    if (char === '\n' || char === ';')
        return [T.End, at + 1];
    if (quotes[char])
        return scanText(source, at);
    if (lineStart && char === '|') {
        const end = match(ruleLine, source, at);
        if (end)
            return [T.Rule, end];
    }
    const moneyEnd = match(money, source, at);
    if (moneyEnd && (!/[A-Z]/.test(char) || isCurrency(source.slice(at, at + 3))))
        return [T.Money, moneyEnd];
    if (wordStart.test(char)) {
        const end = match(wordPart, source, at);
        return [T.wordKinds.get(source.slice(at, end).normalize('NFC')) ?? T.Word, end];
    }
    if (char >= '0' && char <= '9') {
        for (const [pattern, kind] of literals) {
            const end = match(pattern, source, at);
            if (end)
                return [kind, end];
        }
    }
    const symbol = fullWidth[char] ?? symbols.find(text => source.startsWith(text, at));
    if (symbol)
        return [T.P[symbol], at + (fullWidth[char] ? 1 : symbol.length)];
    return [T.Unknown, at + (char >= '\ud800' && char <= '\udbff' && at + 1 < source.length ? 2 : 1)];
}
/** A text ends at its quote or, unclosed, at the end of its line, so that one slip costs one line. */
function scanText(source, at) {
    const close = quotes[source[at]];
    for (let i = at + 1; i < source.length && source[i] !== '\n'; i++) {
        if (source[i] === '\\')
            i++;
        else if (source[i] === close)
            return [T.Text, i + 1];
    }
    return [T.Unknown, endOfLine(source, at)];
}
function match(pattern, source, at) {
    pattern.lastIndex = at;
    return pattern.test(source) ? pattern.lastIndex : undefined;
}
function endOfLine(source, at) {
    const end = source.indexOf('\n', at);
    return end < 0 ? source.length : end;
}
function token(source, kind, startOffset, endOffset) {
    const image = source.slice(startOffset, endOffset);
    return { image, startOffset, endOffset, tokenType: kind, tokenTypeIdx: kind.tokenTypeIdx };
}
