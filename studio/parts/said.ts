import { html, type TemplateResult } from 'lit'
import { reasonOf } from '../data/api.ts'

/** What came of something that somebody did, in words. */
export interface Said {
  readonly words: string
  readonly isBad: boolean
}

export function saidNotice(said: Said | undefined): TemplateResult {
  return html`<div role="status">
    ${said ? html`<p class="notice ${said.isBad ? 'bad' : 'good'}">${said.words}</p>` : ''}
  </div>`
}

/** Does some work; yields what it says, or why it failed. */
export async function saidOf(work: () => Promise<string | Said>): Promise<Said> {
  try {
    const said = await work()
    return typeof said === 'string' ? { words: said, isBad: false } : said
  } catch (error) {
    return { words: reasonOf(error), isBad: true }
  }
}
