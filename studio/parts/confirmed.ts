import { html, render } from 'lit'
import { t } from '../text/text.ts'

/** Asks before something that cannot be undone; yields whether it is to be done. */
export function confirmed({
  title,
  text,
  go,
}: {
  readonly title: string
  readonly text: string
  readonly go: string
}): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const dialog = document.createElement('dialog')
  dialog.setAttribute('aria-labelledby', 'confirm-title')
  const close = (answer: 'go' | '') => dialog.close(answer)
  render(
    html`<div class="stack">
      <h2 id="confirm-title">${title}</h2>
      <p>${text}</p>
      <div class="actions">
        <button class="button" type="button" @click=${() => close('go')}>${go}</button>
        <button class="button primary" type="button" @click=${() => close('')}>${t('cancel')}</button>
      </div>
    </div>`,
    dialog,
  )
  dialog.addEventListener('close', () => {
    dialog.remove()
    resolve(dialog.returnValue === 'go')
  })
  document.body.append(dialog)
  dialog.showModal()
  return promise
}
