import { parse, } from '#dsl/syntax';
import { checkAccess } from './access.ts';
import { checkAction } from './action.ts';
import { checkTicket } from './flow.ts';
import { proveFlow } from './flow-proof.ts';
import { checkEntity, checkForm } from './form.ts';
import { checkHours } from './hours.ts';
import { checkLabels } from './labels.ts';
import { checkLibraryRows, entityOf } from './library.ts';
import { checkMoneyTest } from './money-test.ts';
import { checkPrice } from './price.ts';
import { checkLimit, proveLimit } from './limit.ts';
import { checkLexicon, checkSegment, proveSends } from './reach.ts';
import { checkRoute } from './route.ts';
import { checkSettle } from './settle.ts';
import { checkScenario } from './scenario.ts';
import { builtinEvents, builtinFields, scopesOf } from './scope-of.ts';
import { gather, knownName, ofKind } from './scope.ts';
import { checkSetting } from './setting.ts';
import { checkSop } from './sop.ts';
import { proveTable } from './table-proof.ts';
import { checkTable } from './table.ts';
import { checkTableTest } from './table-test.ts';
/** Parses and checks a pack given as texts by path; never throws on text. */
export function checkPack(texts) {
    const files = Object.keys(texts)
        .sort()
        .map(path => ({ path, parsed: parse(texts[path]) }));
    const diagnostics = files.flatMap(file => file.parsed.faults.map(fault => syntaxFinding(file, fault)));
    const placed = gather(files, diagnostics);
    const tables = new Map();
    const scopeOf = scopesOf(placed, { diagnostics, texts }, tables);
    const pack = ofKind(placed, 'pack')[0];
    if (!pack)
        diagnostics.push({ code: 'AX2004', file: files[0]?.path ?? '', start: 0, end: 0, params: {} });
    for (const { node, file } of placed)
        reportLater(scopeOf(file), node);
    for (const { node, file } of ofKind(placed, 'table')) {
        const table = checkTable(scopeOf(file), node);
        if (table)
            tables.set(node.name.text, table);
    }
    const checkedOf = checker(placed, scopeOf);
    const blueprint = {
        formatVersion: 1,
        pack: packOf(pack?.node),
        enums: byName([...scopeOf('').enums].map(([name, node]) => [name, enumOf(node)])),
        entities: byName(entitiesOf(placed, scopeOf)),
        forms: byName(ofKind(placed, 'form').map(({ node, file }) => [
            node.name.text,
            checkForm(scopeOf(file), node),
        ])),
        tables: byName([...tables]),
        settings: byName(checkedOf('setting', checkSetting)),
        hours: byName(checkedOf('hours', checkHours)),
        roles: byName(rolesOf(placed, scopeOf)),
        teams: listed(placed, 'team'),
        skills: listed(placed, 'skill'),
        access: byName(checkedOf('access', checkAccess)),
        tickets: byName(checkedOf('ticket', checkTicket)),
        routes: byName(checkedOf('route', checkRoute)),
        library: byName(checkedOf('library', checkLibraryRows)),
        parties: listed(placed, 'party'),
        prices: byName(checkedOf('price', checkPrice)),
        actions: byName(checkedOf('action', checkAction)),
        settlements: byName(checkedOf('settle', checkSettle)),
        lexicons: byName(checkedOf('lexicon', checkLexicon)),
        segments: byName(checkedOf('segment', checkSegment)),
        limits: byName(checkedOf('limit', checkLimit)),
        sops: byName(checkedOf('sop', checkSop)),
        labels: byName(ofKind(placed, 'labels').map(({ node, file }) => checkLabels(scopeOf(file), node))),
    };
    prove(placed, scopeOf, blueprint);
    const cases = placed.flatMap(({ node, file }) => node.kind === 'test'
        ? (checkMoneyTest(scopeOf(file), blueprint, node) ?? checkTableTest(scopeOf(file), blueprint, node)).map(found => ({ ...found, file }))
        : []);
    const scenarios = ofKind(placed, 'scenario').map(({ node, file }) => ({
        ...checkScenario(scopeOf(file), node),
        file,
    }));
    return { diagnostics: diagnostics.sort(inReadingOrder), blueprint, cases, scenarios };
}
/** INVARIANT: a declaration that nothing runs yet is said to be one, never passed over in silence. */
function reportLater(scope, node) {
    if (node.kind === 'other')
        scope.report(node.name, 'AX9001', { word: node.word.text, name: node.name.text });
}
/** What can only be seen in the whole: complete tables, sound flows. */
function prove(placed, scopeOf, blueprint) {
    for (const { node, file } of ofKind(placed, 'table')) {
        const table = blueprint.tables[node.name.text];
        if (table?.rows.length === node.grid.rows.length)
            proveTable(scopeOf(file), blueprint, { node, table });
    }
    for (const { node, file } of ofKind(placed, 'route')) {
        const table = blueprint.routes[node.name.text]?.table;
        if (table?.rows.length === node.grid.rows.length)
            proveTable(scopeOf(file), blueprint, { node, table });
    }
    for (const { node, file } of ofKind(placed, 'limit')) {
        const limit = blueprint.limits[node.name.text];
        if (limit)
            proveLimit(scopeOf(file), blueprint, { node, limit });
    }
    for (const { node, file } of ofKind(placed, 'sop'))
        proveSends(scopeOf(file), blueprint, node);
    for (const { node, file } of ofKind(placed, 'ticket')) {
        const ticket = blueprint.tickets[node.name.text];
        if (ticket)
            proveFlow(scopeOf(file), node, ticket);
    }
}
/** Runs a kind's check over its declarations; those that could be checked, by name. */
function checker(placed, scopeOf) {
    return (kind, check) => ofKind(placed, kind).flatMap(({ node, file }) => {
        const checked = check(scopeOf(file), node);
        return checked === undefined ? [] : [[node.name.text, checked]];
    });
}
function rolesOf(placed, scopeOf) {
    return ofKind(placed, 'role').flatMap(({ node, file }) => node.names.map(({ name, label, extends: base }) => {
        const scope = scopeOf(file);
        const extended = base && knownName(scope, base, scope.roles);
        return [name.text, { label: label?.value ?? name.text, extends: extended ?? null }];
    }));
}
/** Teams or skills: name to label. */
function listed(placed, kind) {
    return byName(ofKind(placed, kind).flatMap(({ node }) => node.names.map(({ name, label }) => [name.text, label?.value ?? name.text])));
}
/** Every entity with what `extend` adds; what each desk knows anyway comes first. */
function entitiesOf(placed, scopeOf) {
    const nodes = [
        ...ofKind(placed, 'entity'),
        ...ofKind(placed, 'library').map(({ node, file }) => ({ node: entityOf(node), file })),
    ];
    const names = new Set([...Object.keys(builtinFields), ...nodes.map(({ node }) => node.name.text)]);
    return [...names].map(name => {
        const own = nodes.filter(({ node }) => node.name.text === name);
        const builtin = (builtinFields[name] ?? []).map(([field, type]) => [field, { label: field, type, optional: true, ...unset(type) }]);
        const events = builtinEvents[name] ?? [];
        if (own.length === 0)
            return [name, { label: name, key: null, fields: byName(builtin), events }];
        const scope = scopeOf(own[0].file);
        const checked = checkEntity(scope, name, own.map(({ node }) => node));
        const all = { fields: { ...byName(builtin), ...checked.fields }, events: [...events, ...checked.events] };
        return [name, { ...checked, ...all }];
    });
}
/** Why a default: what nobody said about a customer is no, and a condition's `not` must find it known. */
function unset(type) {
    return type.kind === 'bool' ? { default: { op: 'const', type, value: false } } : {};
}
function byName(entries) {
    return Object.fromEntries(entries);
}
function syntaxFinding(file, fault) {
    const codes = {
        unexpected: fault.found === '' ? 'AX1002' : 'AX1001',
        'unclosed-text': 'AX1003',
        'unknown-character': 'AX1004',
    };
    const found = fault.found === '\n' ? '⏎' : fault.found;
    return { code: codes[fault.kind], file: file.path, start: fault.start, end: fault.end, params: { found } };
}
function inReadingOrder(a, b) {
    return a.file < b.file ? -1 : a.file > b.file ? 1 : a.start - b.start;
}
function packOf(node) {
    return {
        name: node?.name.text ?? '',
        label: node?.label?.value ?? '',
        version: node?.version ?? 0,
        locales: node?.locales.map(locale => locale.text) ?? [],
        currency: node?.currency?.text ?? 'CNY',
        zone: node?.zone?.value ?? 'Asia/Shanghai',
    };
}
function enumOf(node) {
    return {
        label: node.label?.value ?? node.name.text,
        ordered: node.ordered,
        values: Object.fromEntries(node.values.map(({ name, label }) => [name.text, label?.value ?? name.text])),
    };
}
