import type { Code, FieldBlueprint } from '#core/blueprint'
import { layered, type Facts } from '#core/expression'
import { evaluate } from '#core/table'
import { hasField, isRecord, type Type, type Value } from '#core/values'
import { rangesOf, type ColumnRanges } from './points.ts'
import { fieldAt, NOW, valueAt, type Path, type World } from './world.ts'

/** An expression that a decision reads, the cells its value is held against, and the row of a list that it is about. */
export interface Asked {
  readonly code: Code
  readonly ranges?: ColumnRanges
  readonly row?: Path
}

/** An input that expressions read, and what its value is held against. */
export interface Read {
  readonly path: Path
  readonly type: Type
  readonly field: FieldBlueprint | undefined
  readonly columns: ColumnRanges[]
  readonly values: Value[]
  /** Somewhere it is reckoned with, so that no bound says where the decision turns. */
  reckoned: boolean
  /** Somewhere it is asked whether the value is there at all. */
  known: boolean
}

/** Every single value that the expressions read, through computed fields down to what was entered. */
export function readsOf(world: World, asked: readonly Asked[]): Read[] {
  const reading: Reading = { world, facts: world.fresh(), reads: new Map(), entered: new Set() }
  for (const { code, ranges, row } of asked)
    read(reading, code, { scopes: row ? [row] : [], bounds: { ranges: ranges ?? nothing, values: [] } })
  return [...reading.reads.values()]
}

interface Reading {
  readonly world: World
  readonly facts: Facts
  readonly reads: Map<string, Read>
  /** Computed fields that were looked into. */
  readonly entered: Set<string>
}

/** Whose names come before the others, innermost first; and what the value is held against, when it is at all. */
interface At {
  readonly scopes: readonly Path[]
  readonly bounds?: { readonly ranges: ColumnRanges; readonly values: readonly Value[] }
  readonly known?: boolean
}

const comparing = new Set(['=', '!=', '<', '<=', '>', '>=', 'in', 'has', 'region=', 'region-in'])

function read(reading: Reading, code: Code, at: At): void {
  const { scopes } = at
  const inner = (part: Code, bounds?: At['bounds']) =>
    read(reading, part, bounds ? { scopes, bounds } : { scopes })
  if (code.op === 'const') return
  const path = pathOf(reading, code, scopes)
  if (path) return readValue(reading, { path, type: code.type }, at)
  if (code.op === 'member') return inner(code.of)
  if (code.op === 'list') return code.items.forEach(item => inner(item))
  if (code.op === 'fold') return readFold(reading, code, scopes)
  if (code.op === 'table') {
    const table = reading.world.blueprint.tables[code.name]!
    return code.args.forEach((arg, index) => inner(arg, { ranges: rangesOf(table, index), values: [] }))
  }
  if (code.op === 'name') return
  if (comparing.has(code.fn)) return readCompared(reading, code.args, scopes)
  if (code.fn === 'known') return read(reading, code.args[0]!, { scopes, bounds: none, known: true })
  const isLogic = code.fn === 'and' || code.fn === 'or' || code.fn === 'not' || code.fn === 'rank'
  code.args.forEach(arg => inner(arg, isLogic ? none : undefined))
}

const nothing: ColumnRanges = []
const none = { ranges: nothing, values: [] }

/** Each side of a comparison is a bound of the other. */
function readCompared(reading: Reading, args: readonly Code[], scopes: readonly Path[]): void {
  args.forEach((arg, index) => {
    const others = args.filter((_, other) => other !== index).map(other => valueOf(reading, other, scopes))
    const values = others.flatMap(value => (Array.isArray(value) ? (value as readonly Value[]) : [value]))
    read(reading, arg, { scopes, bounds: { ranges: nothing, values } })
  })
}

/** The rows of a list are inputs each. */
function readFold(reading: Reading, code: Code & { op: 'fold' }, scopes: readonly Path[]): void {
  const path = pathOf(reading, code.over, scopes)
  if (!path) return read(reading, code.over, { scopes })
  const rows = valueAt(reading.facts, path)
  if (!Array.isArray(rows)) return
  for (const index of rows.keys())
    for (const part of [code.where, code.value])
      if (part) read(reading, part, { scopes: [[...path, index], ...scopes] })
}

function readValue(reading: Reading, { path, type }: { path: Path; type: Type }, at: At): void {
  const { world, facts, reads } = reading
  const plain = typeOf(path, type)
  const isTime = path[0] === NOW
  if (!single.has(plain.kind) || !mayName(world, path)) return
  const key = JSON.stringify(path)
  const field = fieldAt(world, facts, path)
  const known: Read = reads.get(key) ?? {
    ...{ path, type: plain, field, columns: [], values: [], reckoned: false, known: false },
  }
  reads.set(key, known)
  if (at.bounds && !isTime) {
    if (!known.columns.includes(at.bounds.ranges)) known.columns.push(at.bounds.ranges)
    known.values.push(...at.bounds.values)
  } else known.reckoned = true
  if (at.known) known.known = true
  if (!field?.computed || reading.entered.has(key)) return
  reading.entered.add(key)
  const owner = path.slice(0, -1)
  read(reading, field.computed, { scopes: owner.length > 0 ? [owner] : [] })
}

const single = new Set<Type['kind']>([
  ...(['bool', 'enum', 'int', 'decimal', 'percent', 'money'] as const),
  ...(['date', 'time', 'datetime', 'duration', 'region', 'text'] as const),
])

/** Code calls instants of events and of the decision whole numbers. */
function typeOf(path: Path, type: Type): Type {
  const isInstant = path[0] === NOW || String(path.at(-1)).startsWith('last(')
  return isInstant ? { kind: 'datetime' } : type
}

function mayName({ blueprint, form, mayName }: World, path: Path): boolean {
  const [name] = path
  const isOwn = form !== null && Object.hasOwn(blueprint.forms[form]?.fields ?? {}, name!)
  const isSetting = path.length === 1 && !isOwn && Object.hasOwn(blueprint.settings, name!)
  return name !== '(zone)' && !isSetting && (mayName?.(path) ?? true)
}

/** Where a name, or a name of a record, stands; undefined for what is worked out. */
function pathOf(reading: Reading, code: Code, scopes: readonly Path[]): Path | undefined {
  if (code.op === 'member') {
    const of = pathOf(reading, code.of, scopes)
    const holder = of && valueAt(reading.facts, of)
    return holder && isRecord(holder) ? [...of, code.name] : undefined
  }
  if (code.op !== 'name') return undefined
  if (code.name === 'today') return [NOW]
  const scope = scopes.find(path => {
    const holder = valueAt(reading.facts, path)
    return isRecord(holder) && hasField(holder, code.name)
  })
  return scope ? [...scope, code.name] : [code.name]
}

function valueOf(reading: Reading, code: Code, scopes: readonly Path[]): Value {
  const { world, facts } = reading
  const names = scopes.reduceRight<Facts>((around, path) => within(facts, path, around), facts)
  return evaluate(world.blueprint, code, names)
}

/** A record's names before those around it. */
function within(facts: Facts, path: Path, around: Facts): Facts {
  const own = valueAt(facts, path)
  return isRecord(own) ? layered(around, own) : around
}
