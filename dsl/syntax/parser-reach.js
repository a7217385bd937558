import { MoneyParser } from './parser-money.ts';
import { K, P } from './tokens.ts';
import * as T from './tokens.ts';
/** Who is written to, when, and within which limits: lexicons, segments, limits and SOPs. */
export class ReachParser extends MoneyParser {
    lexicon = this.RULE('lexicon', () => {
        const start = this.nextStart;
        this.CONSUME(K.lexicon);
        const name = this.nameOf(this.CONSUME(T.Word));
        const label = this.SUBRULE(this.label);
        const words = [];
        this.CONSUME(P['{']);
        this.AT_LEAST_ONE_SEP({ SEP: P[','], DEF: () => words.push(this.labelOf(this.CONSUME(T.Text))) });
        this.OPTION(() => this.CONSUME(T.End));
        this.CONSUME(P['}']);
        return { kind: 'lexicon', name, label, words, ...this.from(start) };
    });
    segment = this.RULE('segment', () => {
        const start = this.nextStart;
        this.CONSUME(K.segment);
        const name = this.nameOf(this.CONSUME(T.Word));
        const label = this.SUBRULE(this.label);
        this.CONSUME(P['=']);
        const condition = this.SUBRULE(this.expression);
        return { kind: 'segment', name, label, condition, ...this.from(start) };
    });
    limit = this.RULE('limit', () => {
        const start = this.nextStart;
        this.CONSUME(K.limit);
        const name = this.nameOf(this.CONSUME(T.Word));
        const label = this.SUBRULE(this.label);
        this.CONSUME(K.on);
        this.CONSUME(K.send);
        const skips = [];
        const words = [];
        const pauses = [];
        const later = [];
        this.CONSUME(P['{']);
        const grid = this.SUBRULE(this.grid);
        this.MANY(() => {
            this.guarded(() => this.OR([
                { ALT: () => skips.push(this.SUBRULE(this.skip)) },
                {
                    ALT: () => {
                        this.CONSUME(K.words);
                        this.AT_LEAST_ONE_SEP({ SEP: P[','], DEF: () => words.push(this.SUBRULE(this.wordRule)) });
                    },
                },
                { ALT: () => pauses.push(this.SUBRULE(this.pause)) },
                { ALT: () => later.push(this.SUBRULE(this.laterClause)) },
            ]));
            this.OPTION(() => this.CONSUME(T.End));
        });
        this.CONSUME(P['}']);
        return { kind: 'limit', name, label, grid, skips, words, pauses, later, ...this.from(start) };
    });
    skip = this.RULE('skip', () => {
        const start = this.nextStart;
        this.CONSUME(K.skip);
        const purpose = this.nameOf(this.CONSUME(T.Word));
        this.CONSUME(K.when);
        const when = this.SUBRULE(this.expression);
        return { purpose, when, ...this.from(start) };
    });
    wordRule = this.RULE('wordRule', () => {
        const start = this.nextStart;
        const lexicon = this.nameOf(this.CONSUME(T.Word));
        const act = this.OR([
            { ALT: () => (this.CONSUME(K.block), 'block') },
            { ALT: () => (this.CONSUME(K.warn), 'warn') },
        ]);
        return { lexicon, act, ...this.from(start) };
    });
    pause = this.RULE('pause', () => {
        const start = this.nextStart;
        this.CONSUME(K.pause);
        this.CONSUME(T.Word);
        this.CONSUME(K.when);
        const when = this.SUBRULE(this.expression);
        const notify = [];
        this.OPTION(() => {
            this.CONSUME(K.notify);
            this.AT_LEAST_ONE_SEP({ SEP: P[','], DEF: () => notify.push(this.nameOf(this.CONSUME2(T.Word))) });
        });
        return { when, notify, ...this.from(start) };
    });
    /** `slow …`, `cap …`, `require …`: read as far as the clause goes. */
    laterClause = this.RULE('laterClause', () => {
        const word = this.OR([
            { ALT: () => this.CONSUME(K.slow) },
            { ALT: () => this.CONSUME(K.cap) },
            { ALT: () => this.CONSUME(K.require) },
        ]);
        this.ACTION(() => {
            const ends = (kind) => kind === T.End || kind === P['}'];
            while (!ends(this.LA(1).tokenType) && this.LA(1).tokenType.name !== 'EOF')
                this.SKIP_TOKEN();
        });
        return this.nameOf(word);
    });
    sop = this.RULE('sop', () => {
        const start = this.nextStart;
        this.CONSUME(K.sop);
        const name = this.nameOf(this.CONSUME(T.Word));
        const label = this.SUBRULE(this.label);
        const sop = { triggers: [], steps: [], reactions: [], stops: [], goal: undefined };
        this.CONSUME(P['{']);
        this.MANY(() => {
            this.guarded(() => this.SUBRULE(this.sopClause, { ARGS: [sop] }));
            this.OPTION(() => this.CONSUME(T.End));
        });
        this.CONSUME(P['}']);
        return { kind: 'sop', name, label, ...sop, ...this.from(start) };
    });
    sopClause = this.RULE('sopClause', (sop) => {
        this.OR([
            {
                ALT: () => {
                    const trigger = this.SUBRULE(this.sopFor);
                    this.ACTION(() => sop.triggers.push(trigger));
                },
            },
            { ALT: () => this.SUBRULE(this.sopOn, { ARGS: [sop] }) },
            {
                ALT: () => {
                    const step = this.SUBRULE(this.sopStep);
                    this.ACTION(() => sop.steps.push(step));
                },
            },
            {
                ALT: () => {
                    const step = this.SUBRULE(this.sopWait);
                    this.ACTION(() => sop.steps.push(step));
                },
            },
            {
                ALT: () => {
                    this.CONSUME(K.stop);
                    this.CONSUME(K.when);
                    const when = this.SUBRULE(this.expression);
                    this.ACTION(() => sop.stops.push(when));
                },
            },
            {
                ALT: () => {
                    this.CONSUME(K.goal);
                    const event = this.SUBRULE(this.qualified);
                    this.CONSUME(K.within);
                    const within = this.SUBRULE(this.scope);
                    this.ACTION(() => (sop.goal = { event, within }));
                },
            },
        ]);
    });
    sopFor = this.RULE('sopFor', () => {
        const start = this.nextStart;
        this.CONSUME(K.for);
        const subject = this.SUBRULE(this.qualified);
        const moment = this.OPTION(() => {
            this.CONSUME(K.at);
            return this.SUBRULE(this.sum);
        });
        const { when, once } = this.SUBRULE(this.sopGuard);
        return { trigger: 'for', subject, moment, when, once, ...this.from(start) };
    });
    /** Without a target it enrols, with one it reacts. */
    sopOn = this.RULE('sopOn', (sop) => {
        const start = this.nextStart;
        this.CONSUME(K.on);
        const event = this.SUBRULE(this.qualified);
        this.OR([
            {
                ALT: () => {
                    const target = this.SUBRULE(this.sopTarget);
                    this.ACTION(() => sop.reactions.push({ event, target, ...this.from(start) }));
                },
            },
            {
                ALT: () => {
                    const { when, once } = this.SUBRULE(this.sopGuard);
                    const trigger = { trigger: 'on', subject: event, moment: undefined, when, once };
                    this.ACTION(() => sop.triggers.push({ ...trigger, ...this.from(start) }));
                },
            },
        ]);
    });
    sopGuard = this.RULE('sopGuard', () => {
        const when = this.OPTION(() => {
            this.CONSUME(K.when);
            return this.SUBRULE(this.expression);
        });
        const once = this.OPTION2(() => {
            this.CONSUME(K.once);
            this.CONSUME(K.per);
            return this.SUBRULE(this.scope);
        });
        return { when, once };
    });
    sopTarget = this.RULE('sopTarget', () => {
        this.CONSUME(P['->']);
        return this.nameOf(this.OR([{ ALT: () => this.CONSUME(K.stop) }, { ALT: () => this.CONSUME(K.goal) }]));
    });
    sopStep = this.RULE('sopStep', () => {
        const start = this.nextStart;
        this.CONSUME(K.step);
        const name = this.nameOf(this.CONSUME(T.Word));
        const when = this.OPTION(() => {
            this.CONSUME(K.when);
            return this.SUBRULE(this.expression);
        });
        return this.OR([
            {
                ALT: () => {
                    this.CONSUME(K.send);
                    const channels = [];
                    this.AT_LEAST_ONE_SEP({
                        SEP: P[','],
                        DEF: () => channels.push(this.nameOf(this.CONSUME2(T.Word))),
                    });
                    const purpose = this.OPTION2(() => this.nameOf(this.CONSUME3(T.Word)));
                    const text = this.labelOf(this.CONSUME(T.Text));
                    return { kind: 'send', name, when, channels, purpose, text, ...this.from(start) };
                },
            },
            {
                ALT: () => {
                    this.CONSUME(K.task);
                    const role = this.nameOf(this.CONSUME4(T.Word));
                    const text = this.labelOf(this.CONSUME2(T.Text));
                    this.CONSUME(K.due);
                    const due = this.SUBRULE(this.scope);
                    const escalate = [];
                    this.OPTION3(() => {
                        this.CONSUME(K.else);
                        this.CONSUME(K.escalate);
                        this.AT_LEAST_ONE_SEP2({
                            SEP: P[','],
                            DEF: () => escalate.push(this.nameOf(this.CONSUME5(T.Word))),
                        });
                    });
                    return { kind: 'task', name, when, role, text, due, escalate, ...this.from(start) };
                },
            },
            {
                ALT: () => {
                    this.CONSUME(K.run);
                    const call = this.SUBRULE(this.postfix);
                    return { kind: 'run', name, call, ...this.from(start) };
                },
            },
        ]);
    });
    sopWait = this.RULE('sopWait', () => {
        const start = this.nextStart;
        this.CONSUME(K.wait);
        const duration = this.SUBRULE(this.scope);
        let until;
        let target;
        this.OPTION(() => {
            this.CONSUME(K.until);
            until = this.SUBRULE(this.qualified);
            this.OPTION2(() => (target = this.SUBRULE(this.sopTarget)));
        });
        return { kind: 'wait', duration, until, target, ...this.from(start) };
    });
}
