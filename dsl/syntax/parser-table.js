import { ExpressionParser } from './parser-expression.ts';
import { K, P } from './tokens.ts';
import * as T from './tokens.ts';
/** Types, and the grid that tables, their tests, routes and access rules share. */
export class TableParser extends ExpressionParser {
    type = this.RULE('type', () => {
        const start = this.nextStart;
        const name = this.nameOf(this.CONSUME(T.Word));
        const args = [];
        const values = [];
        let size;
        this.OPTION(() => this.OR([
            {
                ALT: () => {
                    this.CONSUME(P['(']);
                    this.AT_LEAST_ONE_SEP({ SEP: P[','], DEF: () => args.push(this.SUBRULE(this.type)) });
                    this.CONSUME(P[')']);
                },
            },
            {
                ALT: () => {
                    this.CONSUME(P['[']);
                    size = this.SUBRULE(this.expression);
                    this.CONSUME(P[']']);
                },
            },
            {
                ALT: () => {
                    this.CONSUME(P['{']);
                    this.MANY_SEP2({ SEP: P[','], DEF: () => values.push(this.SUBRULE(this.labelled)) });
                    this.CONSUME(P['}']);
                },
            },
        ]));
        const optional = this.OPTION2(() => this.CONSUME(P['?'])) !== undefined;
        return { name, args, size, optional, values, ...this.from(start) };
    });
    labelled = this.RULE('labelled', () => {
        const start = this.nextStart;
        const name = this.nameOf(this.CONSUME(T.Word));
        const label = this.OPTION(() => this.labelOf(this.CONSUME(T.Text)));
        return { name, label, ...this.from(start) };
    });
    rounding = this.RULE('rounding', () => {
        const start = this.nextStart;
        this.CONSUME(K.round);
        const mode = this.nameOf(this.CONSUME(T.Word));
        const step = this.SUBRULE(this.signed);
        return { mode, step, ...this.from(start) };
    });
    grid = this.RULE('grid', () => {
        const start = this.nextStart;
        const inputs = [];
        const outputs = [];
        const rows = [];
        this.CONSUME(P['|']);
        this.AT_LEAST_ONE_SEP({ SEP: P['|'], DEF: () => inputs.push(this.SUBRULE(this.column)) });
        this.CONSUME(P['||']);
        this.AT_LEAST_ONE(() => {
            outputs.push(this.SUBRULE2(this.column));
            this.CONSUME2(P['|']);
        });
        this.OPTION3(() => this.CONSUME3(T.End));
        this.CONSUME(T.Rule);
        this.OPTION(() => this.CONSUME(T.End));
        this.MANY(() => {
            const row = this.guarded(() => this.SUBRULE(this.row));
            if (row)
                rows.push(row);
            this.OPTION2(() => this.CONSUME2(T.End));
        });
        return { inputs, outputs, rows, ...this.from(start) };
    });
    /** `per day`: a column of a limit. */
    window = this.RULE('window', () => {
        const start = this.nextStart;
        this.CONSUME(K.per);
        const unit = this.nameOf(this.CONSUME(T.Word));
        return { kind: 'name', name: `per ${unit.text}`, ...this.from(start) };
    });
    column = this.RULE('column', () => {
        const start = this.nextStart;
        const subject = this.OR([
            { ALT: () => this.SUBRULE(this.window) },
            { ALT: () => this.SUBRULE(this.postfix) },
        ]);
        const type = this.OPTION(() => {
            this.CONSUME(P[':']);
            return this.SUBRULE(this.type);
        });
        return { subject, type, ...this.from(start) };
    });
    row = this.RULE('row', () => {
        const start = this.nextStart;
        const inputs = [];
        const outputs = [];
        let isElse = false;
        this.CONSUME(P['|']);
        this.OR([
            {
                ALT: () => {
                    this.CONSUME(K.else);
                    isElse = true;
                },
            },
            {
                ALT: () => this.AT_LEAST_ONE_SEP({ SEP: P['|'], DEF: () => inputs.push(this.SUBRULE(this.cell)) }),
            },
        ]);
        this.CONSUME(P['||']);
        this.AT_LEAST_ONE(() => {
            outputs.push(this.SUBRULE2(this.cell));
            this.CONSUME2(P['|']);
        });
        return { isElse, inputs, outputs, ...this.from(start) };
    });
    cell = this.RULE('cell', () => {
        const start = this.nextStart;
        const items = [];
        let negated = false;
        this.OR([
            {
                GATE: () => this.LA(2).tokenType === P['|'] || this.LA(2).tokenType === P['||'],
                ALT: () => this.CONSUME(P['-']),
            },
            {
                ALT: () => {
                    this.OPTION(() => {
                        this.CONSUME(K.not);
                        negated = true;
                    });
                    this.AT_LEAST_ONE_SEP({ SEP: P[','], DEF: () => items.push(this.SUBRULE(this.cellItem)) });
                },
            },
        ]);
        return { negated, items, ...this.from(start) };
    });
    cellItem = this.RULE('cellItem', () => {
        const start = this.nextStart;
        const operator = this.OPTION(() => this.OR([
            { ALT: () => this.CONSUME(P['=']) },
            { ALT: () => this.CONSUME(P['!=']) },
            { ALT: () => this.CONSUME(P['<=']) },
            { ALT: () => this.CONSUME(P['>=']) },
            { ALT: () => this.CONSUME(P['<']) },
            { ALT: () => this.CONSUME(P['>']) },
        ]));
        const value = this.SUBRULE(this.range);
        return { operator: this.operatorOf(operator), value, ...this.from(start) };
    });
}
