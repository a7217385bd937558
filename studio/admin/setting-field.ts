import { html, type TemplateResult } from 'lit'
import type { FieldReply, SettingReply } from '#core/wire'
import '../parts/axle-field.ts'
import { percentText } from '../parts/percent.ts'
import type { FieldValue } from '../parts/read-value.ts'
import { t } from '../text/text.ts'

/** The control of a setting as its type asks for it, with its help and its range; what is typed comes as `axle-field-input`. */
export function settingField(
  name: string,
  setting: SettingReply,
  { value, isWrong }: { value: FieldValue; isWrong: boolean },
): TemplateResult {
  const isBool = setting.type.kind === 'bool'
  const field: FieldReply = {
    ...{ name, label: setting.label, type: setting.type.kind, typeName: null, columns: null },
    choices: isBool ? answers() : setting.choices,
    ...{ value, writable: true, computed: false },
  }
  const problem = isWrong ? { field: name, problem: 'type', detail: null } : undefined
  return html`<div>
    <axle-field
      .field=${field}
      .value=${isBool ? String(value) : value}
      .label=${setting.label}
      .problem=${problem}
      editable
    ></axle-field>
    <p class="meta">${setting.help ?? ''} ${rangeOf(setting)}</p>
  </div>`
}

/** What was chosen as the API wants it. */
export function settingValue({ type }: SettingReply, value: FieldValue): FieldValue {
  return type.kind === 'bool' ? value === 'true' : value
}

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
