import { compareValues, decodeValue, isDecimal, regionSpan } from '#core/values';
const finders = new WeakMap();
/** The finder of a table, built once: a hash over the columns in which every row names one value, a scan over the rest. */
export function finderOf(blueprint, table) {
    let finder = finders.get(table);
    if (!finder)
        finders.set(table, (finder = buildFinder(blueprint, table)));
    return finder;
}
/** The tests of every row, for explanations; else rows have none. */
export function rowTests(blueprint, table) {
    let rows = compiledRows.get(table);
    if (!rows)
        compiledRows.set(table, (rows = compileRows(blueprint, table)));
    return rows;
}
const compiledRows = new WeakMap();
function compileRows(blueprint, table) {
    const tests = table.inputs.map(column => testCompiler(blueprint, column));
    return table.rows.map(({ when }, index) => when === 'else'
        ? undefined
        : { index, tests: when.map((cell, column) => (cell ? tests[column](cell) : undefined)) });
}
function buildFinder(blueprint, table) {
    const rows = rowTests(blueprint, table).filter(row => row !== undefined);
    const otherwise = table.rows.findIndex(row => row.when === 'else');
    const fallback = otherwise < 0 ? undefined : otherwise;
    const keyed = table.inputs.map((_, column) => column).filter(column => everyRowNames(table, column));
    const rest = table.inputs.map((_, column) => column).filter(column => !keyed.includes(column));
    if (keyed.length === 0)
        return inputs => firstFitting(rows, rest, inputs) ?? fallback;
    const buckets = new Map();
    for (const row of rows) {
        const when = table.rows[row.index].when;
        const key = keyOf(keyed.map(column => decodeValue(when[column].any[0].from, table.inputs[column].type) ?? null));
        const bucket = buckets.get(key);
        if (bucket)
            bucket.push(row);
        else
            buckets.set(key, [row]);
    }
    return inputs => {
        const bucket = buckets.get(keyOf(keyed.map(column => inputs[column] ?? null)));
        return (bucket && firstFitting(bucket, rest, inputs)) ?? fallback;
    };
}
function firstFitting(rows, columns, inputs) {
    for (const { index, tests } of rows) {
        let fits = true;
        for (const column of columns) {
            const test = tests[column];
            if (test && !test(inputs[column] ?? null)) {
                fits = false;
                break;
            }
        }
        if (fits)
            return index;
    }
    return undefined;
}
/** Whether each row (but else) names exactly one value of the column, so that it can be looked up. */
function everyRowNames(table, column) {
    if (table.inputs[column].type.kind === 'region')
        return false;
    return table.rows.every(({ when }) => {
        if (when === 'else')
            return true;
        const cell = when[column];
        if (!cell || cell.not || cell.any.length !== 1)
            return false;
        const [range] = cell.any;
        return range.from !== undefined && range.from === range.to && !range.fromOpen && !range.toOpen;
    });
}
function keyOf(values) {
    return values.length === 1 ? keyPart(values[0]) : values.map(keyPart).join('\u0000');
}
/** Equal numbers have one key, however many digits they are written with. */
function keyPart(value) {
    if (!isDecimal(value))
        return String(value);
    let { units, scale } = value;
    for (; scale > 0 && units % 10n === 0n; scale--)
        units /= 10n;
    return `${units}e${scale}`;
}
/** Turns cells of a column into tests; an absent value fits no test. */
function testCompiler(blueprint, { type }) {
    if (type.kind === 'region')
        return regionTest;
    const names = type.kind === 'enum' ? Object.keys(blueprint.enums[type.name].values) : undefined;
    const ranks = names && new Map(names.map((name, index) => [name, index]));
    const rank = (value) => (ranks ? (ranks.get(value) ?? -1) : value);
    return ({ any, not }) => {
        const ranges = any.map(range => ({
            from: range.from === undefined ? undefined : rank(decodeValue(range.from, type) ?? null),
            to: range.to === undefined ? undefined : rank(decodeValue(range.to, type) ?? null),
            open: [range.fromOpen === true, range.toOpen === true],
        }));
        return value => {
            if (value === null)
                return false;
            const ranked = rank(value);
            for (const { from, to, open } of ranges) {
                const above = from === undefined ? 1 : compareValues(ranked, from);
                const below = to === undefined ? -1 : compareValues(ranked, to);
                if ((above > 0 || (above === 0 && !open[0])) && (below < 0 || (below === 0 && !open[1])))
                    return !not;
            }
            return not;
        };
    };
}
function regionTest({ any, not }) {
    const spans = any.map(({ from }) => regionSpan(from));
    return value => {
        const inner = typeof value === 'string' ? regionSpan(value) : undefined;
        if (!inner)
            return false;
        return spans.some(outer => outer && outer.first <= inner.first && inner.last <= outer.last) !== not;
    };
}
