import { scalarKinds } from '#core/values';
import { builtins } from '#core/expression';
import { declarationWords, keywords } from '#dsl/syntax';
export const vocabulary = {
    declarations: [...declarationWords],
    keywords: keywords.filter(word => !declarationWords.has(word)),
    types: [...scalarKinds, 'set', 'list'],
    functions: [...Object.keys(builtins), 'known'],
};
