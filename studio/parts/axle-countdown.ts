import { html } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { deskNow } from '../data/desk.ts'
import { t } from '../text/text.ts'
import { AxleElement } from './axle-element.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** So near its end a clock counts as late. */
const PRESSING_MS = 10 * MINUTE

/** A clock that counts down on the desk's time; shape, colour and words say the same. */
@customElement('axle-countdown')
export class AxleCountdown extends AxleElement {
  /** Epoch ms; null without a clock. */
  @property({ attribute: false }) dueAt: number | null = null
  /** When the clock began, where it is known: less than half left shows. */
  @property({ attribute: false }) startedAt: number | null = null

  #ticking: ReturnType<typeof setInterval> | undefined

  override connectedCallback(): void {
    super.connectedCallback()
    this.#ticking = setInterval(() => this.requestUpdate(), SECOND)
  }

  override disconnectedCallback(): void {
    clearInterval(this.#ticking)
    super.disconnectedCallback()
  }

  override render() {
    if (this.dueAt === null) return html`<span class="meta">${t('clock.none')}</span>`
    const left = this.dueAt - deskNow()
    const whole = this.startedAt === null ? 2 * HOUR : this.dueAt - this.startedAt
    const state = left < PRESSING_MS ? 'late' : left < whole / 2 ? 'half' : ''
    const time = spanText(Math.abs(left))
    return html`<span class="countdown ${state}"
      >${t(left < 0 ? 'clock.late' : 'clock.left', { time })}</span
    >`
  }
}

/** A length of time (ms) in its two largest units. */
export function spanText(ms: number): string {
  const part = (unit: number, of: number) => Math.floor((ms % of) / unit)
  if (ms >= DAY) return t('span.days', { days: Math.floor(ms / DAY), hours: part(HOUR, DAY) })
  if (ms >= HOUR) return t('span.hours', { hours: part(HOUR, DAY), minutes: part(MINUTE, HOUR) })
  return t('span.minutes', { minutes: part(MINUTE, HOUR), seconds: part(SECOND, MINUTE) })
}
