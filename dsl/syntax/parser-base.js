import { EmbeddedActionsParser } from 'chevrotain';
import * as T from './tokens.ts';
/** What every grammar rule builds on: places, names, labels, and a guard that keeps an error in its own clause. */
export class BaseParser extends EmbeddedActionsParser {
    constructor() {
        super(T.vocabulary, { recoveryEnabled: false, maxLookahead: 2, skipValidations: false });
    }
    get nextStart() {
        return this.LA(1).startOffset;
    }
    from(start) {
        return { start, end: this.LA(0).endOffset };
    }
    /** Why the fallback: while Chevrotain records the grammar, choices and sub-rules yield no tokens. */
    imageOf(token) {
        return token?.image ?? '';
    }
    placeOf(token) {
        return { start: token?.startOffset, end: token?.endOffset };
    }
    nameOf(token) {
        return { text: this.imageOf(token).normalize('NFC'), ...this.placeOf(token) };
    }
    labelOf(token) {
        return { value: unquote(this.imageOf(token)), ...this.placeOf(token) };
    }
    /** Runs one clause; a syntax error in it is kept and skipped to the end of the clause. */
    guarded(clause) {
        if (this.RECORDING_PHASE)
            return clause();
        const before = this.LA(1);
        try {
            const read = clause();
            if (!this.atClauseEnd())
                this.CONSUME(T.End);
            return read;
        }
        catch (error) {
            if (!error.token)
                throw error;
            this.skipClause(this.LA(1) === before);
            return undefined;
        }
    }
    /** Runs one declaration; what breaks it costs that declaration alone. */
    guardedDeclaration(declaration) {
        if (this.RECORDING_PHASE)
            return declaration();
        try {
            return declaration();
        }
        catch (error) {
            if (!error.token)
                throw error;
            this.skipToDeclaration();
            return undefined;
        }
    }
    skipToDeclaration() {
        do
            this.SKIP_TOKEN();
        while (!this.atEnd() && !(this.LA(0).tokenType === T.End && this.atDeclaration()));
    }
    skipClause(stuck) {
        let depth = 0;
        if (stuck && !this.atDeclaration() && !this.at('}') && !this.atEnd())
            depth += this.step();
        while (this.LA(1).tokenType !== T.End || depth > 0) {
            if (this.atEnd() ||
                (depth <= 0 && this.at('}')) ||
                (this.LA(0).tokenType === T.End && this.atDeclaration()))
                return;
            depth += this.step();
            if (depth < 0)
                return;
        }
    }
    step() {
        const token = this.SKIP_TOKEN();
        if (token.tokenType === T.P['{'])
            return 1;
        return token.tokenType === T.P['}'] ? -1 : 0;
    }
    at(text) {
        return this.LA(1).tokenType === T.P[text];
    }
    atClauseEnd() {
        return this.LA(1).tokenType === T.End || this.at('}') || this.at(',') || this.atEnd();
    }
    atEnd() {
        return this.LA(1).tokenType.name === 'EOF';
    }
    atDeclaration() {
        return T.declarationWords.has(this.LA(1).image);
    }
}
/** The value of a text literal: quotes off, `\n \t \" \\` resolved, NFC. */
export function unquote(image) {
    return image
        .slice(1, -1)
        .replace(/\\(.)/gs, (_, char) => ({ n: '\n', t: '\t' })[char] ?? char)
        .normalize('NFC');
}
