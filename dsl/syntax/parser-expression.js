import { BaseParser } from './parser-base.ts';
import { K, P } from './tokens.ts';
import * as T from './tokens.ts';
/** Expressions, loosest first: where · or · and · not · comparison · range · + - · * / · of · postfix. */
export class ExpressionParser extends BaseParser {
    expression = this.RULE('expression', () => {
        let left = this.SUBRULE(this.disjunction);
        this.MANY(() => {
            this.CONSUME(K.where);
            left = binary('where', left, this.SUBRULE2(this.disjunction));
        });
        return left;
    });
    disjunction = this.RULE('disjunction', () => {
        let left = this.SUBRULE(this.conjunction);
        this.MANY(() => {
            this.CONSUME(K.or);
            left = binary('or', left, this.SUBRULE2(this.conjunction));
        });
        return left;
    });
    conjunction = this.RULE('conjunction', () => {
        let left = this.SUBRULE(this.negation);
        this.MANY(() => {
            this.CONSUME(K.and);
            left = binary('and', left, this.SUBRULE2(this.negation));
        });
        return left;
    });
    negation = this.RULE('negation', () => {
        const start = this.nextStart;
        return this.OR([
            {
                ALT: () => {
                    this.CONSUME(K.not);
                    const operand = this.SUBRULE(this.negation);
                    return { kind: 'unary', operator: 'not', operand, ...this.from(start) };
                },
            },
            { ALT: () => this.SUBRULE(this.comparison) },
        ]);
    });
    comparison = this.RULE('comparison', () => {
        let left = this.SUBRULE(this.range);
        this.OPTION(() => {
            const operator = this.OR([
                { ALT: () => this.CONSUME(P['=']) },
                { ALT: () => this.CONSUME(P['!=']) },
                { ALT: () => this.CONSUME(P['<=']) },
                { ALT: () => this.CONSUME(P['>=']) },
                { ALT: () => this.CONSUME(P['<']) },
                { ALT: () => this.CONSUME(P['>']) },
                { ALT: () => this.CONSUME(K.in) },
                { ALT: () => this.CONSUME(K.has) },
                { ALT: () => this.CONSUME(K.within) },
            ]);
            left = binary(this.operatorOf(operator), left, this.SUBRULE2(this.range));
        });
        return left;
    });
    operatorOf(token) {
        return (token?.tokenType?.name ?? '=').replaceAll("'", '');
    }
    range = this.RULE('range', () => {
        let left = this.SUBRULE(this.sum);
        this.OPTION(() => {
            const half = this.OR([
                { ALT: () => (this.CONSUME(P['..<']), true) },
                { ALT: () => (this.CONSUME(P['..']), false) },
            ]);
            left = binary(half ? '..<' : '..', left, this.SUBRULE2(this.sum));
        });
        return left;
    });
    sum = this.RULE('sum', () => {
        let left = this.SUBRULE(this.product);
        this.MANY(() => {
            const plus = this.OR([
                { ALT: () => (this.CONSUME(P['+']), true) },
                { ALT: () => (this.CONSUME(P['-']), false) },
            ]);
            left = binary(plus ? '+' : '-', left, this.SUBRULE2(this.product));
        });
        return left;
    });
    product = this.RULE('product', () => {
        let left = this.SUBRULE(this.scope);
        this.MANY(() => {
            const times = this.OR([
                { ALT: () => (this.CONSUME(P['*']), true) },
                { ALT: () => (this.CONSUME(P['/']), false) },
            ]);
            left = binary(times ? '*' : '/', left, this.SUBRULE2(this.scope));
        });
        return left;
    });
    scope = this.RULE('scope', () => {
        let left = this.SUBRULE(this.signed);
        this.OPTION(() => {
            this.CONSUME(K.of);
            left = binary('of', left, this.SUBRULE2(this.signed));
        });
        return left;
    });
    signed = this.RULE('signed', () => {
        const start = this.nextStart;
        return this.OR([
            {
                ALT: () => {
                    this.CONSUME(P['-']);
                    const operand = this.SUBRULE(this.signed);
                    return { kind: 'unary', operator: '-', operand, ...this.from(start) };
                },
            },
            { ALT: () => this.SUBRULE(this.postfix) },
        ]);
    });
    postfix = this.RULE('postfix', () => {
        const start = this.nextStart;
        let value = this.SUBRULE(this.primary);
        this.MANY(() => {
            this.OR([
                {
                    ALT: () => {
                        this.CONSUME(P['.']);
                        const name = this.nameOf(this.CONSUME(T.Word));
                        value = { kind: 'member', object: value, name, ...this.from(start) };
                    },
                },
                {
                    ALT: () => {
                        const args = this.SUBRULE(this.arguments);
                        value = { kind: 'call', callee: value, args, ...this.from(start) };
                    },
                },
            ]);
        });
        return value;
    });
    arguments = this.RULE('arguments', () => {
        const args = [];
        this.CONSUME(P['(']);
        this.MANY_SEP({
            SEP: P[','],
            DEF: () => {
                const start = this.nextStart;
                const name = this.OPTION(() => {
                    const word = this.CONSUME(T.Word);
                    this.CONSUME(P[':']);
                    return this.nameOf(word);
                });
                const value = this.SUBRULE(this.expression);
                args.push({ name, value, ...this.from(start) });
            },
        });
        this.CONSUME(P[')']);
        return args;
    });
    primary = this.RULE('primary', () => {
        const start = this.nextStart;
        return this.OR([
            { ALT: () => this.SUBRULE(this.literal) },
            {
                ALT: () => {
                    const token = this.CONSUME(T.Word);
                    return { kind: 'name', name: this.nameOf(token).text, ...this.from(start) };
                },
            },
            {
                ALT: () => {
                    this.CONSUME(P['(']);
                    const inner = this.SUBRULE(this.expression);
                    this.CONSUME(P[')']);
                    return inner;
                },
            },
            {
                ALT: () => {
                    const items = [];
                    this.CONSUME(P['[']);
                    this.MANY_SEP({ SEP: P[','], DEF: () => items.push(this.SUBRULE2(this.expression)) });
                    this.CONSUME(P[']']);
                    return { kind: 'list', items, ...this.from(start) };
                },
            },
            { ALT: () => this.SUBRULE(this.record) },
            {
                ALT: () => {
                    this.CONSUME(K.if);
                    const condition = this.SUBRULE3(this.expression);
                    this.CONSUME(K.then);
                    const then = this.SUBRULE4(this.expression);
                    this.CONSUME(K.else);
                    const otherwise = this.SUBRULE5(this.expression);
                    return { kind: 'if', condition, then, else: otherwise, ...this.from(start) };
                },
            },
        ]);
    });
    record = this.RULE('record', () => {
        const start = this.nextStart;
        const entries = [];
        this.CONSUME(P['{']);
        this.MANY_SEP({
            SEP: P[','],
            DEF: () => {
                const from = this.nextStart;
                const name = this.nameOf(this.CONSUME(T.Word));
                this.CONSUME(P[':']);
                const value = this.SUBRULE(this.expression);
                entries.push({ name, value, ...this.from(from) });
            },
        });
        this.CONSUME(P['}']);
        return { kind: 'record', entries, ...this.from(start) };
    });
    literal = this.RULE('literal', () => {
        const start = this.nextStart;
        const of = (literal, image) => ({
            kind: 'literal',
            literal,
            image,
            ...this.from(start),
        });
        return this.OR([
            { ALT: () => of('text', this.CONSUME(T.Text).image) },
            { ALT: () => of('int', this.CONSUME(T.Int).image) },
            { ALT: () => of('decimal', this.CONSUME(T.Decimal).image) },
            { ALT: () => of('percent', this.CONSUME(T.Percent).image) },
            { ALT: () => of('money', this.CONSUME(T.Money).image) },
            { ALT: () => of('duration', this.CONSUME(T.Duration).image) },
            { ALT: () => of('date', this.CONSUME(T.Date).image) },
            { ALT: () => of('time', this.CONSUME(T.Time).image) },
            { ALT: () => of('bool', this.CONSUME(K.true).image) },
            { ALT: () => of('bool', this.CONSUME(K.false).image) },
            { ALT: () => of('null', this.CONSUME(K.null).image) },
        ]);
    });
}
function binary(operator, left, right) {
    // Why the optional places: while Chevrotain records the grammar, sub-rules return nothing.
    return { kind: 'binary', operator, left, right, start: left?.start, end: right?.end };
}
