import { html, type TemplateResult } from 'lit'
import type { FieldProblemReply, FieldReply, SettingReply, VocabularyReply } from '#core/wire'
import { dayOf, deskNow } from '../data/desk.ts'
import '../parts/axle-field.ts'
import { percentText } from '../parts/percent.ts'
import type { FieldValue } from '../parts/read-value.ts'
import { t } from '../text/text.ts'

/** The control of a setting as its type asks for it, with its help and its range; what is typed comes as `axle-field-input`. */
export function settingField(
  name: string,
  setting: SettingReply,
  about: {
    readonly value: FieldValue
    readonly label: string
    readonly labels: VocabularyReply['labels']
    readonly problem: FieldProblemReply | undefined
  },
): TemplateResult {
  const { value, labels, problem } = about
  const isBool = setting.type.kind === 'bool'
  const isPast = setting.type.kind === 'date' && typeof value === 'string' && value < dayOf(deskNow())
  const label =
    setting.type.kind === 'money' ? t('packs.settings.money', { label: about.label }) : about.label
  const field: FieldReply = {
    ...{ name, label, type: setting.type.kind, typeName: typeNameOf(setting), columns: null },
    choices: isBool ? answers() : setting.choices,
    ...{ value, writable: true, computed: false },
  }
  return html`<div>
    <axle-field
      .field=${field}
      .value=${isBool ? String(value) : value}
      .label=${label}
      .labels=${labels}
      .problem=${problem}
      editable
    ></axle-field>
    <p class="meta">${setting.help ?? ''} ${rangeOf(setting)}</p>
    ${isPast ? html`<p class="notice" role="status">${t('packs.settings.past')}</p>` : ''}
  </div>`
}

/** What was chosen as the API wants it. */
export function settingValue({ type }: SettingReply, value: FieldValue): FieldValue {
  return type.kind === 'bool' && value !== null ? value === 'true' : value
}

const typeNameOf = ({ type }: SettingReply) => (type.kind === 'enum' ? type.name : null)

function rangeOf({ type, min, max }: SettingReply): string {
  if (min === undefined && max === undefined) return ''
  const shown = (end: unknown) =>
    type.kind === 'percent' ? percentText(String(end ?? '')) : String(end ?? '')
  return t('packs.settings.range', { min: shown(min), max: shown(max) })
}

const answers = () => [
  { value: 'true', label: t('packs.settings.true') },
  { value: 'false', label: t('packs.settings.false') },
]
