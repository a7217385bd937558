import { regionsCN } from './data/regions-cn.ts';
/** The large regions of China, which stand above the provinces; their code is their name. */
const largeRegions = {
    华北: ['11', '12', '13', '14', '15'],
    东北: ['21', '22', '23'],
    华东: ['31', '32', '33', '34', '35', '36', '37'],
    华中: ['41', '42', '43'],
    华南: ['44', '45', '46'],
    西南: ['50', '51', '52', '53', '54'],
    西北: ['61', '62', '63', '64', '65'],
    港澳台: ['71', '81', '82'],
};
let built;
const tree = () => (built ??= build());
/**
 * The code of a region by its code, its full or short name, or a path such as `浙江.杭州.西湖区`. Provinces win over cities,
 * cities over counties; a name that two of one level share means neither.
 */
export function findRegion(name) {
    let found;
    for (const part of name.split('.')) {
        const within = found;
        found = tree().spans.has(part) ? part : highest(part, within);
        if (found === undefined || found === within)
            return undefined;
        if (within !== undefined && !regionWithin(found, within))
            return undefined;
    }
    return found;
}
export function isRegion(code) {
    return tree().spans.has(code);
}
/** The name people use (上海, 浙江, 杭州, 西湖区), in full where the short one means another region; the code when unknown. */
export function regionName(code) {
    const name = tree().names.get(code);
    if (name === undefined)
        return code;
    if (groupName.test(name))
        return `${regionName(`${code.slice(0, 2)}0000`)}${name}`;
    const short = shortName(name);
    return levelOf(code) < 2 && highest(short) === code ? short : name;
}
/** Undefined when there is no such region. */
export function regionSpan(code) {
    return tree().spans.get(code);
}
/** How many leaves the tree has. */
export function regionCount() {
    return tree().leaves.length;
}
/** The leaf at a position from 0 to `regionCount() - 1`. */
export function regionAt(position) {
    return tree().leaves[position];
}
/** Whether a region is another one or lies inside it. */
export function regionWithin(code, ancestor) {
    const inner = regionSpan(code);
    const outer = regionSpan(ancestor);
    return !!inner && !!outer && outer.first <= inner.first && inner.last <= outer.last;
}
/** The one region of the highest level that bears a name, inside `within` but not that region itself. */
function highest(name, within) {
    const bearers = (tree().meanings.get(name) ?? []).filter(code => within === undefined || (code !== within && regionWithin(code, within)));
    const level = Math.min(...bearers.map(levelOf));
    const [first, ...others] = bearers.filter(code => levelOf(code) === level);
    return others.length === 0 ? first : undefined;
}
function build() {
    const rows = regionsCN
        .trim()
        .split('\n')
        .map(line => [line.slice(0, 6), line.slice(7)]);
    const parents = new Set(rows.flatMap(([code]) => parentCodes(code)));
    const names = new Map();
    const meanings = new Map();
    const leaves = [];
    const spans = new Map();
    const extend = (code, position) => spans.set(code, { first: spans.get(code)?.first ?? position, last: position });
    for (const [large, provinces] of Object.entries(largeRegions)) {
        names.set(large, large);
        for (const [code, name] of rows.filter(([code]) => provinces.includes(code.slice(0, 2)))) {
            names.set(code, name);
            for (const known of namesOf(code, name))
                meanings.set(known, [...(meanings.get(known) ?? []), code]);
            if (parents.has(code))
                continue;
            leaves.push(code);
            for (const owner of [code, ...parentCodes(code), large])
                extend(owner, leaves.length - 1);
        }
    }
    return { names, meanings, leaves, spans };
}
/** The codes above a code: its city, its province. */
function parentCodes(code) {
    const above = [`${code.slice(0, 4)}00`, `${code.slice(0, 2)}0000`];
    return above.filter(parent => parent !== code);
}
/** 0 a province, 1 a city, 2 a county. */
function levelOf(code) {
    return code.endsWith('0000') ? 0 : code.endsWith('00') ? 1 : 2;
}
/** Rows that only gather the counties a province governs itself; nobody means them by name. */
const groupName = /^(市辖区|县|(省|自治区)直辖县级行政区划)$/;
function namesOf(code, name) {
    if (groupName.test(name))
        return new Set();
    if (levelOf(code) === 2)
        return new Set([name, name.replace(/^(.{2,})[市县区]$/, '$1')]);
    const short = shortName(name);
    return new Set(name.endsWith('自治州') ? [name, short, `${short}州`] : [name, short]);
}
const peoples = /((土家|朝鲜|苗|藏|羌|彝|布依|侗|哈尼|壮|傣|白|景颇|傈僳|回|蒙古)族|蒙古|柯尔克孜|哈萨克)+自治州$/;
/** A province's or a city's name as people say it. */
function shortName(name) {
    return name
        .replace(/(维吾尔|壮族|回族)?自治区$|特别行政区$|省$/, '')
        .replace(peoples, '')
        .replace(/^(.{2,})(市|地区|盟)$/, '$1');
}
