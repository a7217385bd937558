/** Lines a grid's bars up below each other by display width; a line with another shape is only spaced. */
export function alignGrid(lines) {
    const header = lines[0];
    const inputs = header.bars.indexOf('||');
    const shaped = lines.map(line => shapeOf(line, header, inputs));
    const widths = header.cells.map((_, column) => Math.max(3, ...lines.flatMap((line, i) => (shaped[i] === 'row' ? [displayWidth(line.cells[column])] : []))));
    return lines.map((line, i) => {
        if (shaped[i] === 'rule')
            return printRule(widths, header.bars);
        if (shaped[i] === 'else')
            return printElse(line, widths, inputs);
        const pad = (cell, column) => shaped[i] === 'row' ? cell + ' '.repeat(widths[column] - displayWidth(cell)) : cell;
        return join(line.cells.map(pad), line.bars);
    });
}
function shapeOf(line, header, inputs) {
    if (line.isRule)
        return 'rule';
    if (line.bars.join() === header.bars.join())
        return 'row';
    const isElse = inputs > 1 && line.cells[0] === 'else' && line.bars[1] === '||';
    return isElse && line.cells.length === header.cells.length - inputs + 1 ? 'else' : 'other';
}
function join(cells, bars) {
    return bars[0] + cells.map((cell, index) => ` ${cell} ${bars[index + 1]}`).join('');
}
function printRule(widths, bars) {
    return bars[0] + widths.map((width, index) => '-'.repeat(width + 2) + bars[index + 1]).join('');
}
/** `else` stands across all inputs. */
function printElse(line, widths, inputs) {
    const across = widths.slice(0, inputs).reduce((sum, width) => sum + width + 3, -3);
    const cells = ['else'.padEnd(across), ...line.cells.slice(1)].map((cell, index) => index === 0 ? cell : cell + ' '.repeat(Math.max(0, widths[inputs + index - 1] - displayWidth(cell))));
    return join(cells, line.bars);
}
/** Columns a text takes in a fixed-width font: ideographs, kana, hangul and full-width forms take two. */
export function displayWidth(text) {
    let width = 0;
    for (const char of text)
        width +=
            /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u.test(char) || char > '\uffff'
                ? 2
                : 1;
    return width;
}
