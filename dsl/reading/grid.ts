import type { Blueprint } from '#core/blueprint'
import type { Cell, Column, GridNode } from '#dsl/syntax'
import { readName } from './code.ts'
import { readExpression } from './expression.ts'

/** The rows of a table that leaves nothing in the blueprint, a sentence part each: 「进货低于 ¥100,000：返点 0%」. */
export function readGrid(blueprint: Blueprint, { inputs, outputs, rows, from }: GridNode): string[] {
  const said = rows.map(row => {
    const when = row.inputs.flatMap((cell, index) => readCell(blueprint, inputs[index], cell))
    const then = row.outputs.flatMap((cell, index) =>
      cell.items.length === 0 ? [] : [`${columnOf(blueprint, outputs[index])} ${valuesOf(blueprint, cell)}`],
    )
    const left = row.isElse ? '其他情况' : when.length === 0 ? '任何情况' : when.join('，且')
    return `${left}：${then.length === 0 ? '不限' : then.join('，')}`
  })
  return from ? [...said, `其余各行在文件 ${from.value} 里`] : said
}

const comparisons = {
  '=': '是',
  '!=': '不是',
  '<': '低于 ',
  '<=': '不超过 ',
  '>': '超过 ',
  '>=': '不低于 ',
} as const

function readCell(blueprint: Blueprint, column: Column | undefined, { items, negated }: Cell): string[] {
  if (items.length === 0) return []
  const name = columnOf(blueprint, column)
  const said = items.map(({ operator, value }) => {
    const read = readExpression(blueprint, value)
    const isRange = value.kind === 'binary' && value.operator.startsWith('..')
    return isRange ? `在 ${read} 之间` : `${comparisons[operator]}${read}`
  })
  return [`${name}${negated ? '不' : ''}${said.join('或')}`]
}

function columnOf(blueprint: Blueprint, column: Column | undefined): string {
  if (!column) return ''
  const name =
    column.subject.kind === 'name' ? readName(column.subject.name) : readExpression(blueprint, column.subject)
  return columnWords[name] ?? name
}

const columnWords: Readonly<Record<string, string>> = {
  ...{ words: '来文里有的词', priority: '优先级' },
}

function valuesOf(blueprint: Blueprint, { items }: Cell): string {
  return items.map(({ value }) => readExpression(blueprint, value)).join('、')
}
