import { DataParser } from './parser-data.ts';
import { K, P } from './tokens.ts';
import * as T from './tokens.ts';
/** Tickets and routes: nodes, clocks, parallel regions, and the one reaction form they share. */
export class FlowParser extends DataParser {
    ticket = this.RULE('ticket', () => {
        const start = this.nextStart;
        this.CONSUME(K.ticket);
        const name = this.nameOf(this.CONSUME(T.Word));
        const label = this.SUBRULE(this.label);
        this.CONSUME(K.for);
        const form = this.nameOf(this.CONSUME2(T.Word));
        const entries = [];
        const clocks = [];
        const nodes = [];
        const parallels = [];
        const ends = [];
        let first;
        this.CONSUME(P['{']);
        this.MANY(() => {
            this.guarded(() => this.OR([
                {
                    ALT: () => {
                        this.CONSUME(K.entry);
                        this.AT_LEAST_ONE_SEP({
                            SEP: P[','],
                            DEF: () => entries.push(this.nameOf(this.CONSUME3(T.Word))),
                        });
                    },
                },
                {
                    ALT: () => {
                        this.CONSUME(K.start);
                        this.CONSUME(P['->']);
                        first = this.nameOf(this.CONSUME4(T.Word));
                    },
                },
                { ALT: () => clocks.push(this.SUBRULE(this.clock)) },
                { ALT: () => nodes.push(this.SUBRULE(this.station)) },
                { ALT: () => parallels.push(this.SUBRULE(this.parallel)) },
                { ALT: () => ends.push(this.SUBRULE(this.endNode)) },
            ]));
            this.OPTION(() => this.CONSUME(T.End));
        });
        this.CONSUME(P['}']);
        const parts = { entries, first, clocks, nodes, parallels, ends };
        return { kind: 'ticket', name, label, form, ...parts, ...this.from(start) };
    });
    clock = this.RULE('clock', () => {
        const start = this.nextStart;
        this.CONSUME(K.clock);
        const name = this.nameOf(this.CONSUME(T.Word));
        const duration = this.SUBRULE(this.scope);
        const reactions = [];
        this.CONSUME(P['{']);
        this.MANY(() => {
            const reaction = this.guarded(() => this.SUBRULE(this.reaction));
            if (reaction)
                reactions.push(reaction);
            this.OPTION(() => this.CONSUME(T.End));
        });
        this.CONSUME(P['}']);
        return { name, duration, reactions, ...this.from(start) };
    });
    station = this.RULE('station', () => {
        const start = this.nextStart;
        this.CONSUME(K.node);
        const node = {
            name: this.nameOf(this.CONSUME(T.Word)),
            label: this.SUBRULE(this.label),
            by: undefined,
            run: undefined,
            public: undefined,
            publicNotify: false,
            asks: [],
            clocks: [],
            reactions: [],
            ...this.from(start),
        };
        this.OR([
            {
                ALT: () => {
                    this.CONSUME(K.by);
                    node.by = this.nameOf(this.CONSUME2(T.Word));
                },
            },
            {
                ALT: () => {
                    this.CONSUME(K.run);
                    node.run = this.SUBRULE(this.postfix);
                },
            },
        ]);
        this.CONSUME(P['{']);
        this.MANY(() => {
            this.guarded(() => this.SUBRULE(this.stationClause, { ARGS: [node] }));
            this.OPTION(() => this.CONSUME(T.End));
        });
        this.CONSUME(P['}']);
        return { ...node, ...this.from(start) };
    });
    stationClause = this.RULE('stationClause', (node) => {
        this.OR([
            {
                ALT: () => {
                    this.CONSUME(K.public);
                    const text = this.labelOf(this.CONSUME(T.Text));
                    const notify = this.OPTION(() => this.CONSUME(K.notify)) !== undefined;
                    this.ACTION(() => Object.assign(node, { public: text, publicNotify: notify }));
                },
            },
            {
                ALT: () => {
                    const act = this.SUBRULE(this.act);
                    this.ACTION(() => node.asks.push(...act.names));
                },
            },
            {
                ALT: () => {
                    const clock = this.SUBRULE(this.clock);
                    this.ACTION(() => node.clocks.push(clock));
                },
            },
            {
                ALT: () => {
                    const reaction = this.SUBRULE(this.reaction);
                    this.ACTION(() => node.reactions.push(reaction));
                },
            },
        ]);
    });
    reaction = this.RULE('reaction', () => {
        const start = this.nextStart;
        const events = [];
        const acts = [];
        let moment;
        const trigger = this.OR([
            {
                ALT: () => {
                    this.CONSUME(K.on);
                    this.AT_LEAST_ONE_SEP({ SEP: P[','], DEF: () => events.push(this.nameOf(this.CONSUME(T.Word))) });
                    return 'on';
                },
            },
            {
                ALT: () => {
                    this.CONSUME(K.after);
                    moment = this.SUBRULE(this.scope);
                    return 'after';
                },
            },
            {
                ALT: () => {
                    this.CONSUME(K.at);
                    moment = this.SUBRULE2(this.scope);
                    return 'at';
                },
            },
        ]);
        const when = this.OPTION(() => {
            this.CONSUME(K.when);
            return this.SUBRULE(this.expression);
        });
        this.MANY(() => acts.push(this.SUBRULE(this.act)));
        let max;
        let beyond;
        const target = this.OPTION2(() => {
            const to = this.SUBRULE(this.target);
            this.OPTION3(() => {
                this.CONSUME(K.max);
                max = Number(this.CONSUME(T.Int).image);
                this.CONSUME(K.else);
                beyond = this.SUBRULE2(this.target);
            });
            return to;
        });
        return { trigger, events, moment, when, acts, target, max, beyond, ...this.from(start) };
    });
    act = this.RULE('act', () => {
        const start = this.nextStart;
        const names = [];
        const word = this.OR([
            { ALT: () => this.CONSUME(K.notify) },
            { ALT: () => this.CONSUME(K.escalate) },
            { ALT: () => this.CONSUME(K.mark) },
            { ALT: () => this.CONSUME(K.ask) },
        ]);
        this.AT_LEAST_ONE_SEP({ SEP: P[','], DEF: () => names.push(this.nameOf(this.CONSUME(T.Word))) });
        return { kind: this.imageOf(word), names, ...this.from(start) };
    });
    target = this.RULE('target', () => {
        const start = this.nextStart;
        this.CONSUME(P['->']);
        return this.OR([
            {
                ALT: () => (this.CONSUME(K.done),
                    { kind: 'done', name: undefined, ...this.from(start) }),
            },
            {
                ALT: () => {
                    this.CONSUME(K.abort);
                    return { kind: 'abort', name: this.SUBRULE(this.qualified), ...this.from(start) };
                },
            },
            {
                ALT: () => ({ kind: 'go', name: this.SUBRULE2(this.qualified), ...this.from(start) }),
                IGNORE_AMBIGUITIES: true,
            },
        ]);
    });
    parallel = this.RULE('parallel', () => {
        const start = this.nextStart;
        this.CONSUME(K.parallel);
        const name = this.nameOf(this.CONSUME(T.Word));
        this.CONSUME(K.join);
        const join = this.OR([
            { ALT: () => (this.CONSUME(K.all), 'all') },
            { ALT: () => (this.CONSUME(K.any), 'any') },
            { ALT: () => Number(this.CONSUME(T.Int).image) },
        ]);
        const branches = [];
        this.CONSUME(P['{']);
        this.MANY(() => {
            const branch = this.guarded(() => this.SUBRULE(this.branch));
            if (branch)
                branches.push(branch);
            this.OPTION(() => this.CONSUME(T.End));
        });
        this.CONSUME(P['}']);
        const target = this.SUBRULE(this.target);
        return { name, join, branches, target, ...this.from(start) };
    });
    branch = this.RULE('branch', () => {
        const start = this.nextStart;
        this.CONSUME(K.branch);
        const name = this.nameOf(this.CONSUME(T.Word));
        const when = this.OPTION(() => {
            this.CONSUME(K.when);
            return this.SUBRULE(this.expression);
        });
        const nodes = [];
        this.CONSUME(P['{']);
        this.MANY(() => {
            const node = this.guarded(() => this.SUBRULE(this.station));
            if (node)
                nodes.push(node);
            this.OPTION2(() => this.CONSUME(T.End));
        });
        this.CONSUME(P['}']);
        return { name, when, nodes, ...this.from(start) };
    });
    endNode = this.RULE('endNode', () => {
        const start = this.nextStart;
        const outcomes = [];
        this.CONSUME(K.end);
        const name = this.nameOf(this.CONSUME(T.Word));
        this.CONSUME(P['{']);
        this.AT_LEAST_ONE_SEP({
            SEP: P[','],
            DEF: () => {
                const outcome = this.nameOf(this.CONSUME2(T.Word));
                const result = this.OR([
                    { ALT: () => (this.CONSUME(K.ok), 'ok') },
                    { ALT: () => (this.CONSUME(K.fail), 'fail') },
                ]);
                outcomes.push({ name: outcome, result });
            },
        });
        this.OPTION(() => this.CONSUME(T.End));
        this.CONSUME(P['}']);
        return { name, outcomes, ...this.from(start) };
    });
    route = this.RULE('route', () => {
        const start = this.nextStart;
        this.CONSUME(K.route);
        const name = this.SUBRULE(this.qualified);
        const policy = this.OPTION(() => this.nameOf(this.CONSUME(T.Word)));
        const picks = [];
        let cap;
        let after;
        let keep;
        this.CONSUME(P['{']);
        const grid = this.SUBRULE(this.grid);
        this.MANY(() => {
            this.guarded(() => this.OR([
                {
                    ALT: () => {
                        this.CONSUME(K.pick);
                        this.AT_LEAST_ONE_SEP({
                            SEP: P[','],
                            DEF: () => picks.push(this.nameOf(this.CONSUME2(T.Word))),
                        });
                    },
                },
                {
                    ALT: () => {
                        this.CONSUME(K.cap);
                        cap = Number(this.CONSUME(T.Int).image);
                        this.CONSUME(K.per);
                        this.CONSUME3(T.Word);
                    },
                },
                { ALT: () => (after = this.SUBRULE(this.reaction)) },
                {
                    ALT: () => {
                        this.CONSUME(K.keep);
                        const what = this.nameOf(this.CONSUME4(T.Word));
                        this.CONSUME(K.within);
                        keep = { what, within: this.SUBRULE(this.scope) };
                    },
                },
            ]));
            this.OPTION2(() => this.CONSUME(T.End));
        });
        this.CONSUME(P['}']);
        return {
            kind: 'route',
            name,
            label: undefined,
            policy,
            grid,
            picks,
            cap,
            after,
            keep,
            ...this.from(start),
        };
    });
}
