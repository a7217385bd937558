import { FlowParser } from './parser-flow.ts';
import { K, P } from './tokens.ts';
import * as T from './tokens.ts';
/** Stories that a pack proves itself with, and the labels of its names in other languages. */
export class ScenarioParser extends FlowParser {
    scenario = this.RULE('scenario', () => {
        const start = this.nextStart;
        this.CONSUME(K.test);
        const title = this.CONSUME(T.Text);
        const steps = [];
        this.CONSUME(P['{']);
        this.MANY(() => {
            const step = this.guarded(() => this.SUBRULE(this.step_));
            if (step)
                steps.push(step);
            this.OPTION(() => this.CONSUME(T.End));
        });
        this.CONSUME(P['}']);
        const label = this.labelOf(title);
        const name = { text: label.value, start: label.start, end: label.end };
        return { kind: 'scenario', name, label, steps, ...this.from(start) };
    });
    step_ = this.RULE('scenarioStep', () => {
        const start = this.nextStart;
        return this.OR([
            {
                ALT: () => {
                    this.CONSUME(K.at);
                    const date = this.imageOf(this.CONSUME(T.Date));
                    const time = this.imageOf(this.CONSUME(T.Time));
                    return { kind: 'at', date, time, ...this.from(start) };
                },
            },
            {
                GATE: () => this.LA(2).tokenType !== K.action,
                ALT: () => {
                    this.CONSUME(K.given);
                    const entity = this.nameOf(this.CONSUME(T.Word));
                    const record = this.SUBRULE(this.record);
                    return { kind: 'given', entity, record, ...this.from(start) };
                },
            },
            {
                GATE: () => this.LA(2).tokenType === K.action,
                ALT: () => {
                    this.CONSUME2(K.given);
                    this.CONSUME(K.action);
                    const action = this.SUBRULE2(this.qualified);
                    this.CONSUME(K.returns);
                    const record = this.SUBRULE4(this.record);
                    return { kind: 'given-action', action, record, ...this.from(start) };
                },
                IGNORE_AMBIGUITIES: true,
            },
            {
                ALT: () => {
                    this.CONSUME(K.create);
                    const ticket = this.nameOf(this.CONSUME2(T.Word));
                    const record = this.SUBRULE2(this.record);
                    const as = this.OPTION(() => {
                        this.CONSUME(K.as);
                        return this.nameOf(this.CONSUME3(T.Word));
                    });
                    return { kind: 'create', ticket, record, as, ...this.from(start) };
                },
            },
            {
                ALT: () => {
                    this.CONSUME(K.do);
                    const transition = this.SUBRULE(this.qualified);
                    const record = this.OPTION2(() => this.SUBRULE3(this.record));
                    this.CONSUME2(K.as);
                    const as = this.nameOf(this.CONSUME4(T.Word));
                    return { kind: 'do', transition, record, as, ...this.from(start) };
                },
            },
            {
                ALT: () => {
                    this.CONSUME(K.wait);
                    return { kind: 'wait', duration: this.SUBRULE(this.scope), ...this.from(start) };
                },
            },
            {
                ALT: () => {
                    this.CONSUME(K.expect);
                    return { kind: 'expect', condition: this.SUBRULE(this.expression), ...this.from(start) };
                },
            },
        ]);
    });
    labels = this.RULE('labels', () => {
        const start = this.nextStart;
        this.CONSUME(K.labels);
        const name = this.nameOf(this.CONSUME(T.Word));
        const items = this.SUBRULE(this.labelItems);
        return { kind: 'labels', name, label: undefined, items, ...this.from(start) };
    });
    labelItems = this.RULE('labelItems', () => {
        const items = [];
        this.CONSUME(P['{']);
        this.MANY(() => {
            const item = this.guarded(() => this.SUBRULE(this.labelItem));
            if (item)
                items.push(item);
            this.OPTION(() => this.OR([{ ALT: () => this.CONSUME(T.End) }, { ALT: () => this.CONSUME(P[',']) }]));
        });
        this.CONSUME(P['}']);
        return items;
    });
    labelItem = this.RULE('labelItem', () => {
        const start = this.nextStart;
        const name = this.SUBRULE(this.qualified);
        const label = this.SUBRULE(this.label);
        const items = this.OPTION(() => this.SUBRULE(this.labelItems)) ?? [];
        return { name, label, items, ...this.from(start) };
    });
}
