import type { AccessBlueprint, Blueprint, FieldBlueprint, FormBlueprint } from '#core/blueprint'
import type { Type } from '#core/values'
import { readCode } from './code.ts'
import { readRole } from './flow.ts'

/** A form, a sentence per field, then what must hold between fields. */
export function readForm(blueprint: Blueprint, { fields, checks }: FormBlueprint): string[] {
  return [
    ...Object.entries(fields).map(([name, field]) => readField(blueprint, name, field)),
    ...checks.map(
      ({ condition, message }) => `要求：${readCode(blueprint, condition)}；否则提示“${message}”。`,
    ),
  ]
}

export function readField(blueprint: Blueprint, name: string, field: FieldBlueprint): string {
  const { label, computed, required, visible, default: usual, size, at, help } = field
  const bounds = boundsOf(blueprint, field)
  const parts = [
    typeWords(blueprint, field.type),
    ...(computed ? [`自动算出：${readCode(blueprint, computed)}`] : []),
    ...(bounds === '' ? [] : [bounds]),
    ...(size ? [sizeWords(field.type, size)] : []),
    ...(required ? [isAlways(required) ? '必填' : `${readCode(blueprint, required)}时必填`] : []),
    ...(visible ? [`${readCode(blueprint, visible)}时才出现`] : []),
    ...(usual ? [`默认 ${readCode(blueprint, usual)}`] : []),
    ...(at ? [`在${at}填写`] : []),
    ...(help ? [`提示“${help}”`] : []),
  ]
  return `${label === name ? name : `${label}（${name}）`}：${parts.join('，')}。`
}

/** Who may write and who may only read which fields; undefined where a form says nothing about it. */
export function readAccess(blueprint: Blueprint, access: AccessBlueprint): string[] {
  return Object.entries(access).map(([role, rights]) => {
    const named = (right: string) =>
      Object.entries(rights).flatMap(([field, given]) => (given === right ? [field] : []))
    const [write, read] = [named('write'), named('read')]
    const parts = [
      ...(write.length > 0 ? [`可以填写${write.join('、')}`] : []),
      ...(read.length > 0 ? [`可以查看${read.join('、')}`] : []),
    ]
    return `${readRole(blueprint, role)}：${parts.length > 0 ? parts.join('；') : '看不到任何字段'}。`
  })
}

const isAlways = (required: NonNullable<FieldBlueprint['required']>) =>
  required.op === 'const' && required.value === true

function boundsOf(blueprint: Blueprint, { min, max, maxOpen }: FieldBlueprint): string {
  const low = min ? `不低于 ${readCode(blueprint, min)}` : ''
  const high = max ? `${maxOpen ? '低于' : '不超过'} ${readCode(blueprint, max)}` : ''
  return [low, high].filter(part => part !== '').join('，')
}

function sizeWords({ kind }: Type, { min, max }: { min: number; max: number }): string {
  if (kind === 'text') return `最多 ${max} 字`
  return min === max ? `${max} 张` : `${min} 到 ${max} 张`
}

const kinds: Readonly<Record<string, string>> = {
  text: '文字',
  int: '整数',
  decimal: '小数',
  bool: '是否',
  percent: '百分比',
  money: '金额',
  date: '日期',
  time: '时间',
  datetime: '日期时间',
  duration: '时长',
  region: '地区',
  photo: '照片',
  file: '文件',
  signature: '签名',
  scan: '扫码',
  location: '位置',
}

export const builtinEntities: Readonly<Record<string, string>> = {
  store: '门店',
  staff: '员工',
  customer: '客户',
}

function typeWords(blueprint: Blueprint, type: Type): string {
  if (type.kind === 'enum')
    return `从${Object.values(blueprint.enums[type.name]?.values ?? {}).join('、')}中选`
  if ('name' in type)
    return `选择${builtinEntities[type.name] ?? blueprint.entities[type.name]?.label ?? type.name}`
  if ('of' in type) return `多个${typeWords(blueprint, type.of).replace(/^选择/, '')}`
  return kinds[type.kind] ?? type.kind
}
