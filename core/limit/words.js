/** The words that a text holds after normalisation: full width, invisible characters, case, and signs between Chinese characters. */
export function findWords(text, words) {
    const plain = normalise(text);
    const bare = dropSigns(plain);
    return words.flatMap(word => {
        const wanted = normalise(word);
        const pattern = wanted.map(unit => unit.text).join('');
        if (pattern === '')
            return [];
        return occurrences(/[a-z0-9]/.test(pattern) ? plain : bare, pattern).map(place => ({ word, ...place }));
    });
}
// Joiners, direction marks, variation selectors, soft hyphen: they show nothing.
const invisible = /^[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0]$/u;
function normalise(text) {
    const units = [];
    let start = 0;
    for (const character of text) {
        const end = start + character.length;
        if (!invisible.test(character))
            for (const part of character.normalize('NFKC').toLowerCase())
                units.push({ text: part, start, end });
        start = end;
    }
    return units;
}
function dropSigns(units) {
    return units.filter(({ text }) => !/^[\p{P}\p{S}\p{Z}\s]$/u.test(text));
}
function occurrences(units, pattern) {
    const length = [...pattern].length;
    const found = [];
    for (let at = 0; at + length <= units.length; at++) {
        const part = units.slice(at, at + length);
        if (part.map(unit => unit.text).join('') === pattern)
            found.push({ start: part[0].start, end: part.at(-1).end });
    }
    return found;
}
