import { ScenarioParser } from './parser-scenario.ts';
import { K, P } from './tokens.ts';
import * as T from './tokens.ts';
/** Libraries, prices and settlements. */
export class MoneyParser extends ScenarioParser {
    library = this.RULE('library', () => {
        const start = this.nextStart;
        this.CONSUME(K.library);
        const name = this.nameOf(this.CONSUME(T.Word));
        const label = this.SUBRULE(this.label);
        const fields = [];
        const columns = [];
        const rows = [];
        this.CONSUME(P['{']);
        this.MANY(() => {
            const field = this.guarded(() => this.SUBRULE(this.field));
            if (field)
                fields.push(field);
            this.SUBRULE(this.itemEnd);
        });
        this.OPTION(() => {
            this.CONSUME(P['|']);
            this.AT_LEAST_ONE(() => {
                columns.push(this.nameOf(this.CONSUME2(T.Word)));
                this.CONSUME2(P['|']);
            });
            this.CONSUME(T.End);
            this.CONSUME(T.Rule);
            this.OPTION2(() => this.CONSUME2(T.End));
            this.MANY2(() => {
                const row = this.guarded(() => this.SUBRULE(this.libraryRow));
                if (row)
                    rows.push(row);
                this.OPTION3(() => this.CONSUME3(T.End));
            });
        });
        this.CONSUME(P['}']);
        return { kind: 'library', name, label, fields, columns, rows, ...this.from(start) };
    });
    libraryRow = this.RULE('libraryRow', () => {
        const start = this.nextStart;
        const values = [];
        this.CONSUME(P['|']);
        this.AT_LEAST_ONE(() => {
            values.push(this.SUBRULE(this.signed));
            this.CONSUME2(P['|']);
        });
        return { values, ...this.from(start) };
    });
    price = this.RULE('price', () => {
        const start = this.nextStart;
        this.CONSUME(K.price);
        const name = this.nameOf(this.CONSUME(T.Word));
        const label = this.SUBRULE(this.label);
        this.CONSUME(K.for);
        const form = this.nameOf(this.CONSUME2(T.Word));
        const lines = [];
        let total;
        this.CONSUME(P['{']);
        this.MANY(() => {
            this.guarded(() => this.OR([
                { ALT: () => lines.push(this.SUBRULE(this.priceLine)) },
                { ALT: () => (total = this.SUBRULE(this.total)) },
            ]));
            this.OPTION(() => this.CONSUME(T.End));
        });
        this.CONSUME(P['}']);
        return { kind: 'price', name, label, form, lines, total, ...this.from(start) };
    });
    /** `total 应收: money = sum(lines)`; the lines' sum is the one total there is. */
    total = this.RULE('priceTotal', () => {
        this.CONSUME(K.total);
        const name = this.nameOf(this.CONSUME(T.Word));
        this.CONSUME(P[':']);
        this.SUBRULE(this.type);
        this.CONSUME(P['=']);
        this.CONSUME(K.sum);
        this.CONSUME(P['(']);
        this.CONSUME2(T.Word);
        this.CONSUME(P[')']);
        return name;
    });
    priceLine = this.RULE('priceLine', () => {
        const start = this.nextStart;
        this.CONSUME(K.line);
        const name = this.nameOf(this.CONSUME(T.Word));
        const label = this.SUBRULE(this.label);
        const per = this.OPTION(() => {
            this.CONSUME(K.per);
            return this.nameOf(this.CONSUME2(T.Word));
        });
        const when = this.OPTION2(() => this.SUBRULE(this.condition));
        const steps = [];
        let rounding;
        this.CONSUME(P['{']);
        this.MANY(() => {
            this.guarded(() => this.OR([
                { ALT: () => steps.push(this.SUBRULE(this.priceStep)) },
                { ALT: () => (rounding = this.SUBRULE(this.rounding)) },
            ]));
            this.OPTION3(() => this.CONSUME(T.End));
        });
        this.CONSUME(P['}']);
        return { name, label, per, when, steps, rounding, ...this.from(start) };
    });
    priceStep = this.RULE('priceStep', () => {
        const start = this.nextStart;
        const word = this.OR([
            { ALT: () => this.CONSUME(K.base) },
            { ALT: () => this.CONSUME(K.times) },
            { ALT: () => this.CONSUME(K.plus) },
            { ALT: () => this.CONSUME(K.cap) },
        ]);
        const value = this.SUBRULE(this.expression);
        const when = this.OPTION(() => this.SUBRULE(this.condition));
        return { kind: this.imageOf(word), value, when, ...this.from(start) };
    });
    condition = this.RULE('condition', () => {
        this.CONSUME(K.when);
        return this.SUBRULE(this.expression);
    });
    settle = this.RULE('settle', () => {
        const start = this.nextStart;
        this.CONSUME(K.settle);
        const name = this.nameOf(this.CONSUME(T.Word));
        const label = this.SUBRULE(this.label);
        this.CONSUME(K.on);
        const on = this.SUBRULE(this.qualified);
        const hold = this.OPTION(() => {
            this.CONSUME(K.hold);
            return this.SUBRULE(this.scope);
        });
        let base;
        let rounding;
        let shares = [];
        this.CONSUME(P['{']);
        this.MANY(() => {
            this.guarded(() => this.OR([
                {
                    ALT: () => {
                        this.CONSUME(K.base);
                        base = this.SUBRULE(this.expression);
                    },
                },
                { ALT: () => (rounding = this.SUBRULE(this.rounding)) },
                {
                    ALT: () => {
                        this.CONSUME(K.split);
                        shares = this.SUBRULE(this.shares);
                    },
                },
            ]));
            this.OPTION2(() => this.CONSUME(T.End));
        });
        this.CONSUME(P['}']);
        return { kind: 'settle', name, label, on, hold, base, rounding, shares, ...this.from(start) };
    });
    shares = this.RULE('shares', () => {
        const shares = [];
        this.CONSUME(P['{']);
        this.MANY(() => {
            const share = this.guarded(() => this.SUBRULE(this.share));
            if (share)
                shares.push(share);
            this.SUBRULE(this.itemEnd);
        });
        this.CONSUME(P['}']);
        return shares;
    });
    share = this.RULE('share', () => {
        const start = this.nextStart;
        const party = this.nameOf(this.CONSUME(T.Word));
        const share = this.OR([
            { ALT: () => (this.CONSUME(K.rest), 'rest') },
            { ALT: () => (this.CONSUME(K.equal), 'equal') },
            { ALT: () => this.SUBRULE(this.literal) },
        ]);
        const cap = this.OPTION(() => {
            this.CONSUME(K.cap);
            return this.SUBRULE2(this.literal);
        });
        const when = this.OPTION2(() => this.SUBRULE(this.condition));
        const shares = this.OPTION3(() => this.SUBRULE(this.shares)) ?? [];
        return { party, share, cap, when, shares, ...this.from(start) };
    });
}
