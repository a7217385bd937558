import { html, type TemplateResult } from 'lit'

/** An address ends where a space or anything Chinese begins. */
const address = /(https?:\/\/[^\s\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]+)/

/** A text in which addresses of the web may be followed, each in a page of its own. */
export function withLinks(text: string): readonly (string | TemplateResult)[] {
  return text
    .split(address)
    .map((part, index) =>
      index % 2 === 0 ? part : html`<a href=${part} target="_blank" rel="noopener noreferrer">${part}</a>`,
    )
}
