import { evaluate } from '#core/table';
import { isDecimal, isRecord, printDecimal } from '#core/values';
/** A text with its places filled; an absent value leaves nothing. */
export function fillText(blueprint, text, facts) {
    return text
        .map(part => (typeof part === 'string' ? part : printed(evaluate(blueprint, part, facts))))
        .join('');
}
function printed(value) {
    if (value === null)
        return '';
    if (isDecimal(value))
        return printDecimal(value);
    if (isRecord(value))
        return printed(value.fields.name ?? value.key);
    return Array.isArray(value) ? value.map(printed).join('、') : String(value);
}
