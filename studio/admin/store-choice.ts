import { html, type TemplateResult } from 'lit'
import type { RecordReply } from '#core/wire'
import { t } from '../text/text.ts'

/** The stores that are to have a version first, to be ticked; none ticked means all of them. Nothing where there are no two stores. */
export function storeChoice(
  stores: readonly RecordReply[],
  chosen: readonly string[],
  change: (chosen: readonly string[]) => void,
): TemplateResult | '' {
  if (stores.length < 2) return ''
  const toggle = (key: string, on: boolean) =>
    change(on ? [...chosen, key] : chosen.filter(one => one !== key))
  return html`<fieldset class="card stack">
    <legend>
      ${t('packs.stores')}
      <span class="chip"
        >${chosen.length === 0 ? t('packs.stores.all') : t('packs.stores.some', { count: chosen.length })}</span
      >
    </legend>
    <p class="meta">${t('packs.stores-hint')}</p>
    <div class="actions">
      ${stores.map(
        ({ key, data }) =>
          html`<label class="check">
            <input
              type="checkbox"
              .checked=${chosen.includes(key)}
              @change=${(event: Event) => toggle(key, (event.target as HTMLInputElement).checked)}
            />
            ${nameOfStore({ key, data })}
          </label>`,
      )}
    </div>
  </fieldset>`
}

/** What people call a store: its name, else its number. */
export function nameOfStore({ key, data }: RecordReply): string {
  return typeof data.name === 'string' ? data.name : key
}
