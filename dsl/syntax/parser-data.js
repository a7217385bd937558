import { DeclarationParser } from './parser-declaration.ts';
import { K, P } from './tokens.ts';
import * as T from './tokens.ts';
/** Hours, entities, forms and who may see their fields. */
export class DataParser extends DeclarationParser {
    hours = this.RULE('hours', () => {
        const start = this.nextStart;
        this.CONSUME(K.hours);
        const name = this.nameOf(this.CONSUME(T.Word));
        const label = this.SUBRULE(this.label);
        const lines = [];
        const except = [];
        this.CONSUME(P['{']);
        this.MANY(() => {
            this.OR([
                {
                    ALT: () => {
                        this.CONSUME(K.except);
                        except.push(this.SUBRULE(this.expression));
                    },
                },
                { ALT: () => lines.push(this.SUBRULE(this.hoursLine)), IGNORE_AMBIGUITIES: true },
            ]);
            this.OPTION(() => this.CONSUME(T.End));
        });
        this.CONSUME(P['}']);
        return { kind: 'hours', name, label, lines, except, ...this.from(start) };
    });
    hoursLine = this.RULE('hoursLine', () => {
        const start = this.nextStart;
        const fromDay = this.nameOf(this.CONSUME(T.Word));
        const toDay = this.OPTION(() => {
            this.CONSUME(P['..']);
            return this.nameOf(this.CONSUME2(T.Word));
        });
        const ranges = [];
        this.AT_LEAST_ONE_SEP({ SEP: P[','], DEF: () => ranges.push(this.SUBRULE(this.range)) });
        return { fromDay, toDay, ranges, ...this.from(start) };
    });
    entity = this.RULE('entity', () => {
        const start = this.nextStart;
        const isExtension = this.OR([
            { ALT: () => (this.CONSUME(K.extend), true) },
            { ALT: () => (this.CONSUME(K.entity), false) },
        ]);
        const name = this.nameOf(this.CONSUME(T.Word));
        const label = this.SUBRULE(this.label);
        const fields = [];
        const events = [];
        this.CONSUME(P['{']);
        this.MANY(() => {
            this.guarded(() => this.OR2([
                { ALT: () => fields.push(this.SUBRULE(this.field)) },
                {
                    ALT: () => {
                        this.CONSUME(K.event);
                        this.AT_LEAST_ONE_SEP({
                            SEP: P[','],
                            DEF: () => events.push(this.nameOf(this.CONSUME2(T.Word))),
                        });
                    },
                },
            ]));
            this.SUBRULE(this.itemEnd);
        });
        this.CONSUME(P['}']);
        return { kind: 'entity', extends: isExtension, name, label, fields, events, ...this.from(start) };
    });
    form = this.RULE('form', () => {
        const start = this.nextStart;
        this.CONSUME(K.form);
        const name = this.nameOf(this.CONSUME(T.Word));
        const label = this.SUBRULE(this.label);
        const subject = this.OPTION(() => {
            this.CONSUME(K.for);
            return this.nameOf(this.CONSUME2(T.Word));
        });
        const fields = [];
        const checks = [];
        this.CONSUME(P['{']);
        this.MANY(() => {
            this.guarded(() => this.OR([
                {
                    GATE: () => this.LA(2).tokenType !== P[':'],
                    ALT: () => checks.push(this.SUBRULE(this.formCheck)),
                    IGNORE_AMBIGUITIES: true,
                },
                { ALT: () => fields.push(this.SUBRULE(this.field)) },
            ]));
            this.SUBRULE(this.itemEnd);
        });
        this.CONSUME(P['}']);
        return { kind: 'form', name, label, subject, fields, checks, ...this.from(start) };
    });
    /** Fields stand on lines of their own or, in a short entity, behind commas. */
    itemEnd = this.RULE('itemEnd', () => {
        this.OPTION(() => this.OR([{ ALT: () => this.CONSUME(T.End) }, { ALT: () => this.CONSUME(P[',']) }]));
    });
    formCheck = this.RULE('formCheck', () => {
        const start = this.nextStart;
        this.CONSUME(K.check);
        const condition = this.SUBRULE(this.expression);
        const message = this.labelOf(this.CONSUME(T.Text));
        return { condition, message, ...this.from(start) };
    });
    field = this.RULE('field', () => {
        const start = this.nextStart;
        const name = this.nameOf(this.CONSUME(T.Word));
        const label = this.SUBRULE(this.label);
        this.CONSUME(P[':']);
        const type = this.SUBRULE(this.type);
        const clauses = [];
        let value;
        let rounding;
        let isKey = false;
        this.MANY(() => this.OR([
            {
                ALT: () => {
                    this.CONSUME(K.key);
                    isKey = true;
                },
            },
            {
                ALT: () => {
                    this.CONSUME(P['=']);
                    value = this.SUBRULE(this.expression);
                    rounding = this.OPTION(() => this.SUBRULE(this.rounding));
                },
            },
            { ALT: () => clauses.push(this.SUBRULE(this.fieldClause)) },
        ]));
        return { name, label, type, isKey, value, rounding, clauses, ...this.from(start) };
    });
    fieldClause = this.RULE('fieldClause', () => {
        const start = this.nextStart;
        return this.OR([
            {
                ALT: () => {
                    this.CONSUME(K.in);
                    const value = this.SUBRULE(this.range);
                    return { kind: 'in', value, ...this.from(start) };
                },
            },
            {
                ALT: () => {
                    this.CONSUME(K.default);
                    const value = this.SUBRULE2(this.expression);
                    return { kind: 'default', value, ...this.from(start) };
                },
            },
            {
                ALT: () => {
                    this.CONSUME(K.visible);
                    this.CONSUME(K.when);
                    const value = this.SUBRULE3(this.expression);
                    return { kind: 'visible', value, ...this.from(start) };
                },
            },
            {
                ALT: () => {
                    this.CONSUME(K.max);
                    const value = this.SUBRULE(this.literal);
                    return { kind: 'max', value, ...this.from(start) };
                },
            },
            {
                ALT: () => {
                    this.CONSUME(K.required);
                    const when = this.OPTION(() => {
                        this.CONSUME2(K.when);
                        return this.SUBRULE4(this.expression);
                    });
                    return { kind: 'required', when, ...this.from(start) };
                },
            },
            {
                ALT: () => {
                    this.CONSUME(K.help);
                    const text = this.labelOf(this.CONSUME(T.Text));
                    return { kind: 'help', text, ...this.from(start) };
                },
            },
            {
                ALT: () => {
                    this.CONSUME(K.at);
                    const node = this.nameOf(this.CONSUME(T.Word));
                    return { kind: 'at', node, ...this.from(start) };
                },
            },
        ]);
    });
    access = this.RULE('access', () => {
        const start = this.nextStart;
        this.CONSUME(K.access);
        const name = this.nameOf(this.CONSUME(T.Word));
        const roles = [];
        const rows = [];
        this.CONSUME(P['{']);
        this.CONSUME(P['|']);
        this.CONSUME2(P['|']);
        this.AT_LEAST_ONE(() => {
            roles.push(this.nameOf(this.CONSUME2(T.Word)));
            this.CONSUME3(P['|']);
        });
        this.CONSUME(T.End);
        this.CONSUME(T.Rule);
        this.OPTION(() => this.CONSUME2(T.End));
        this.MANY(() => {
            const row = this.guarded(() => this.SUBRULE(this.accessRow));
            if (row)
                rows.push(row);
            this.OPTION2(() => this.CONSUME3(T.End));
        });
        this.CONSUME(P['}']);
        return { kind: 'access', name, label: undefined, roles, rows, ...this.from(start) };
    });
    accessRow = this.RULE('accessRow', () => {
        const start = this.nextStart;
        const fields = [];
        const rights = [];
        this.CONSUME(P['|']);
        this.AT_LEAST_ONE_SEP({ SEP: P[','], DEF: () => fields.push(this.nameOf(this.CONSUME(T.Word))) });
        this.CONSUME2(P['|']);
        this.AT_LEAST_ONE(() => {
            const right = this.OR([
                { ALT: () => this.CONSUME(K.write) },
                { ALT: () => this.CONSUME(K.read) },
                { ALT: () => this.CONSUME(P['-']) },
            ]);
            rights.push(this.nameOf(right));
            this.CONSUME3(P['|']);
        });
        return { fields, rights, ...this.from(start) };
    });
}
