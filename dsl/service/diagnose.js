import { checkPack } from '#dsl/check';
import { helpOf, messageOf, severityOf } from '#dsl/diagnostics';
import { rangeOf } from './range.ts';
/** Checks a pack and says what is wrong with it; in reading order, never throws on text. */
export function diagnose(texts, language = 'zh') {
    return checkPack(texts).diagnostics.map(diagnostic => ({
        code: diagnostic.code,
        severity: severityOf(diagnostic),
        file: diagnostic.file,
        start: diagnostic.start,
        end: diagnostic.end,
        range: rangeOf(texts[diagnostic.file] ?? '', diagnostic),
        message: messageOf(diagnostic, language),
        help: helpOf(diagnostic, language),
    }));
}
