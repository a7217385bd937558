import { parse } from '#dsl/syntax';
import { gapBetween, textOf } from './gap.ts';
import { alignGrid } from './grid.ts';
const INDENT = 2;
/**
 * The text in its common form: indentation, spacing, tables lined up by display width, one blank line at most. Comments,
 * line breaks and an author's own alignment stay; a line with a fault stays to the byte. Formatting twice changes nothing.
 */
export function format(source) {
    const text = source.replace(/\r\n?/g, '\n');
    const lines = linesOf(text);
    const printed = [...blocks(lines)].flatMap(block => block.isGrid ? printGrid(block.lines) : block.lines.map(printLine));
    const kept = printed.filter((line, index) => line !== '' || (index > 0 && printed[index - 1] !== ''));
    const end = kept.at(-1) === '' ? kept.slice(0, -1) : kept;
    return end.length === 0 ? '' : `${end.join('\n')}\n`;
}
function linesOf(text) {
    const { tokens, faults } = parse(text);
    const lines = [];
    let start = 0;
    let at = 0;
    let depth = 0;
    let continues = false;
    for (const raw of text.split('\n')) {
        const end = start + raw.length;
        const own = [];
        for (; at < tokens.length && tokens[at].startOffset <= end; at++)
            if (tokens[at].image !== '\n')
                own.push(tokens[at]);
        const closing = own.findIndex(token => !closers.has(textOf(token)));
        const leading = closing < 0 ? own.length : closing;
        const faulty = faults.some(fault => fault.start <= end && fault.end >= start) || own.some(isUnread);
        const last = own.at(-1);
        const rest = raw.slice((last?.endOffset ?? start) - start);
        lines.push({
            ...{ raw, tokens: own, start, faulty, continues: continues && !startsAnew(own[0]) },
            comment: rest.trim(),
            commentGap: rest.length - rest.trimStart().length,
            depth: Math.max(0, depth - leading),
        });
        for (const token of own)
            depth = Math.max(0, depth + (openers.has(textOf(token)) ? 1 : closers.has(textOf(token)) ? -1 : 0));
        if (own.length > 0)
            continues = joins.has(textOf(last));
        start = end + 1;
    }
    return lines;
}
const openers = new Set(['{', '(', '[']);
const closers = new Set(['}', ')', ']']);
/** A line that ends so goes on in the next. */
const joins = new Set(['->', '=', '+', '*', '/', 'and', 'or', 'not', 'in', ',', '.']);
const isUnread = (token) => token.tokenType.name === 'Unknown';
function startsAnew(first) {
    return first === undefined || textOf(first) === '}' || textOf(first) === '|';
}
/** Runs of lines that begin with a bar are grids. */
function* blocks(lines) {
    for (let at = 0; at < lines.length;) {
        const isGrid = isGridLine(lines[at]);
        let end = at + 1;
        while (end < lines.length && isGridLine(lines[end]) === isGrid)
            end++;
        yield { isGrid, lines: lines.slice(at, end) };
        at = end;
    }
}
function isGridLine({ tokens, faulty }) {
    return !faulty && tokens.length > 1 ? textOf(tokens[0]) === '|' && closesWithBar(tokens) : isRule(tokens);
}
const closesWithBar = (tokens) => textOf(tokens.at(-1)) === '|';
const isRule = (tokens) => tokens.length === 1 && tokens[0].tokenType.name === 'Rule';
function printGrid(lines) {
    if (isRule(lines[0].tokens))
        return lines.map(printLine);
    const aligned = alignGrid(lines.map(cellsOf));
    return lines.map((line, index) => ' '.repeat(line.depth * INDENT) + aligned[index] + commentOf(line));
}
function cellsOf({ tokens, ...line }) {
    if (isRule(tokens))
        return { cells: [], bars: [], isRule: true };
    const bars = [];
    const cells = [];
    let cell = [];
    for (const token of tokens) {
        const text = textOf(token);
        if (text !== '|' && text !== '||') {
            cell.push(token);
            continue;
        }
        if (bars.length > 0)
            cells.push(printTokens(cell, line).replace(/ {2,}/g, ' '));
        bars.push(text);
        cell = [];
    }
    return { cells, bars, isRule: false };
}
function printLine(line) {
    if (line.faulty)
        return line.raw.trimEnd();
    const text = isRule(line.tokens) ? line.tokens[0].image.trimEnd() : printTokens(line.tokens, line);
    const indent = ' '.repeat((line.depth + (line.continues ? 1 : 0)) * INDENT);
    const whole = text === '' ? line.comment : text + commentOf(line);
    return whole === '' ? '' : indent + whole;
}
/** Two blanks before a comment, or as many as the author lined it up with. */
function commentOf({ comment, commentGap }) {
    return comment === '' ? '' : ' '.repeat(Math.max(2, commentGap)) + comment;
}
function printTokens(tokens, { raw, start }) {
    let text = '';
    tokens.forEach((token, index) => {
        text += textOf(token);
        const after = tokens[index + 1];
        if (!after)
            return;
        const written = raw.slice(token.endOffset - start, after.startOffset - start);
        text += gapBetween(tokens[index - 1], token, { after, written });
    });
    return text;
}
