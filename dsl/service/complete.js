import { checkPack } from '#dsl/check';
import { declarationWords } from '#dsl/syntax';
import { caretAt } from './caret.ts';
import { expressionWords, fieldWords, followsIn, startsIn } from './clause-words.ts';
import { matches } from './pinyin.ts';
import { vocabulary } from './vocabulary.ts';
/**
 * What may be written at an offset: already filtered by what was typed, also by pinyin or its initials. Names come from
 * whatever can be read of the texts at this moment.
 */
export function complete(texts, file, offset) {
    const source = texts[file] ?? '';
    const caret = caretAt(source, offset);
    if (!caret)
        return { items: [], replace: { start: offset, end: offset } };
    const seen = new Set();
    const items = offered({ caret, source, blueprint: checkPack(texts).blueprint }).filter(({ name, detail }) => {
        const fresh = !seen.has(name) && (matches(name, caret.typed) || matches(detail, caret.typed));
        if (fresh)
            seen.add(name);
        return fresh;
    });
    return { items, replace: caret.replace };
}
function offered(place) {
    const { clause, blocks } = place.caret;
    const block = blocks.at(-1)?.[0];
    const [head] = clause;
    if (head === undefined) {
        if (blocks.length === 0)
            return words([...declarationWords, 'closed']);
        const fields = block === 'access' ? named(formOf(place)) : [];
        return [...words(startsIn[block ?? ''] ?? []), ...fields];
    }
    const asked = byLastWord(place);
    if (asked)
        return asked;
    const isField = (block === 'form' || block === 'entity' || block === 'extend') && head !== 'check';
    if (isField && clause.length === 1)
        return [];
    const follows = isField ? fieldWords : (followsIn[head] ?? []);
    return [...words(follows), ...inExpression(place)];
}
/** What one word asks for by itself: a role behind `by`, a node behind `->`. */
function byLastWord(place) {
    const { blueprint, caret } = place;
    const governing = caret.clause.findLast(word => Object.hasOwn(afterWord, word) || word === ':' || word === '：');
    const last = caret.clause.at(-1);
    const listed = last === ',' || last === '，' || last === '、';
    if (last === governing || (listed && governing !== undefined && listing.has(governing)))
        return governing === ':' || governing === '：' ? types(blueprint) : afterWord[governing](place);
    return valuesOf(place);
}
const people = ['customer', 'assignee', 'upstream', 'downstream', 'admin'];
const listing = new Set(['ask', 'notify', 'escalate', 'entry', 'pick', 'extends']);
const afterWord = {
    '->': targets,
    by: ({ blueprint }) => [...roles(blueprint), ...words(['customer'])],
    run: () => [],
    extends: ({ blueprint }) => roles(blueprint),
    as: ({ blueprint }) => roles(blueprint),
    notify: ({ blueprint }) => [...roles(blueprint), ...words(people)],
    escalate: ({ blueprint }) => [...roles(blueprint), ...words(['admin'])],
    mark: () => ['低', '中', '高', '紧急'].map(name => ({ name, kind: 'value', detail: '' })),
    ask: place => named(formOf(place)),
    of: ({ blueprint }) => labelled(blueprint.hours, 'name'),
    for: ({ blueprint, caret }) => labelled(caret.clause[0] === 'form' ? blueprint.entities : blueprint.forms, 'name'),
    entry: () => words(['chat', 'profile', 'group', 'workbench', 'qr', 'signal', 'event', 'web']),
    pick: () => words(['least_loaded', 'longest_idle', 'round_robin', 'weight']),
    join: () => words(['all', 'any']),
    access: ({ blueprint }) => labelled(blueprint.forms, 'name'),
    create: ({ blueprint }) => labelled(blueprint.tickets, 'name'),
};
/** Behind a comparison with a field of an enum: the values of that enum. */
function valuesOf({ blueprint, caret, ...place }) {
    const { clause } = caret;
    const compared = clause.findLastIndex(word => ['=', '!=', 'in', '<', '<=', '>', '>='].includes(word));
    if (compared < 1 || clause.slice(compared + 1).some(word => !/^[[,、]$|\p{L}/u.test(word)))
        return undefined;
    const tail = clause.at(-1);
    if (compared !== clause.length - 1 && tail !== '[' && tail !== ',' && tail !== '、')
        return undefined;
    const fields = formOf({ blueprint, caret, ...place });
    const field = fields[clause[compared - 1]];
    const values = field?.type.kind === 'enum' ? blueprint.enums[field.type.name]?.values : undefined;
    if (!values)
        return undefined;
    return Object.entries(values).map(([name, label]) => ({
        name,
        kind: 'value',
        detail: label === name ? '' : label,
    }));
}
function inExpression(place) {
    const { blueprint } = place;
    const functions = vocabulary.functions.map(name => ({ name, kind: 'function', detail: '' }));
    return [
        ...named(formOf(place)),
        ...labelled(blueprint.settings, 'name'),
        ...labelled(blueprint.tables, 'name'),
        ...functions,
        ...words(expressionWords),
    ];
}
/** The nodes, regions and ends of the ticket around the caret, as written: they are there before the ticket can be read. */
function targets({ caret, source, blueprint }) {
    const [, name] = caret.blocks[0] ?? [];
    const start = source.search(new RegExp(`(^|\\n)ticket\\s+${name ?? ''}[\\s"]`));
    const body = source.slice(Math.max(start, 0), caret.replace.start) + '\n' + source.slice(caret.replace.end);
    const label = name === undefined ? undefined : blueprint.tickets[name]?.nodes;
    const own = body.split(/\n(?:ticket|route|table|form|entity)\s/, start >= 0 ? 2 : 1);
    const text = own.join('\n');
    const nodes = [...text.matchAll(/^\s*(?:node|parallel)\s+([^\s{"]+)/gm)].map(([, id]) => id);
    const ends = [...text.matchAll(/^\s*end\s+(\S+)\s*\{([^}]*)/gm)].flatMap(([, end, body]) => [...body.matchAll(/([^\s,，、]+)\s+(?:ok|fail)/g)].map(([, outcome]) => `${end}.${outcome}`));
    const inBranch = caret.blocks.some(([head]) => head === 'branch');
    return [
        ...[...nodes, ...ends].map((id) => {
            const reads = label?.[id]?.label ?? '';
            return { name: id, kind: 'node', detail: reads === id ? '' : reads };
        }),
        ...(inBranch ? words(['done', 'abort']) : []),
    ];
}
/** The fields in sight: of the form, the access, or the ticket's form around the caret. */
function formOf({ caret, blueprint }) {
    const [head, name, ...rest] = caret.blocks[0] ?? [];
    const ticket = (head === 'route' ? name?.split('.')[0] : name) ?? '';
    if (head === 'form' || head === 'access')
        return blueprint.forms[name ?? '']?.fields ?? {};
    if (head === 'entity' || head === 'extend')
        return blueprint.entities[name ?? '']?.fields ?? {};
    const written = rest[rest.indexOf('for') + 1];
    const form = blueprint.tickets[ticket]?.form ?? (rest.includes('for') ? written : undefined);
    return blueprint.forms[form ?? '']?.fields ?? {};
}
function types(blueprint) {
    const scalars = vocabulary.types.map(name => ({ name, kind: 'type', detail: '' }));
    return [...scalars, ...labelled(blueprint.enums, 'type'), ...labelled(blueprint.entities, 'type')];
}
function roles(blueprint) {
    return labelled(blueprint.roles, 'role');
}
function named(fields) {
    return labelled(fields, 'field');
}
function labelled(things, kind) {
    return Object.entries(things).map(([name, { label = '' }]) => ({
        ...{ name, kind, detail: label === name ? '' : label },
    }));
}
function words(names) {
    return names.map(name => ({ name, kind: 'keyword', detail: '' }));
}
