import type { Blueprint } from '#core/blueprint'
import type { Diagnostic } from '#dsl/diagnostics'
import { parse, withoutSheets, type Declaration, type DeclarationKind } from '#dsl/syntax'
import { checkPack } from '#dsl/check'
import { builtinEntities } from './form.ts'
import { readDeclaration, readTold, type Told } from './declaration.ts'

/** What is written, and what of it no engine runs yet (AX9001). */
export interface Written {
  readonly declarations: readonly { readonly file: string; readonly node: Declaration }[]
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * The whole pack as a Chinese manual in Markdown (业务说明书): who does what by when, what is sent, what it costs; with its
 * version and a line to sign. A blueprint alone tells what will run; with its text the rest is told too, and what does not
 * run yet stands last and says so.
 */
export function manualOf(blueprint: Blueprint, written?: Written): string {
  const { name, label, version } = blueprint.pack
  const notYet = written ? laterOf(written) : []
  const told = written
    ? written.declarations
        .map(({ node }) => node)
        .filter(node => !notYet.includes(node))
        .map(toldOf)
    : blueprintKinds.flatMap(kind => Object.keys(partOf(blueprint, kind)).map(name => ({ kind, name })))
  const sections = chapters.map(chapter => chapterOf(blueprint, chapter, told))
  const later = section(
    '写下了、这一版还不能运行的',
    notYet.flatMap(node => readDeclaration(blueprint, node)),
  )
  return [
    `# ${label}业务说明书`,
    `行业包 ${name}，第 ${version} 版。`,
    ...[...sections, later].filter(text => text !== ''),
    '确认人：＿＿＿＿＿＿　　日期：＿＿＿＿＿＿',
    '',
  ].join('\n\n')
}

/** The same for a pack's texts as they are now, which should be sound. */
export function manualOfTexts(texts: Readonly<Record<string, string>>): string {
  const { blueprint, diagnostics } = checkPack(texts)
  const own = Object.keys(withoutSheets(texts))
    .filter(file => !file.startsWith('@'))
    .sort()
  const declarations = own.flatMap(file => parse(texts[file]!).declarations.map(node => ({ file, node })))
  return manualOf(blueprint, { declarations, diagnostics })
}

function toldOf(node: Declaration): Told {
  return { kind: node.kind, name: node.name.text, node }
}

function laterOf({ declarations, diagnostics }: Written): Declaration[] {
  const places = new Set(
    diagnostics.filter(({ code }) => code === 'AX9001').map(({ file, start }) => `${file} ${start}`),
  )
  return declarations
    .filter(({ file, node }) => places.has(`${file} ${node.name.start}`))
    .map(({ node }) => node)
}

/** The kinds that a blueprint keeps whole, and where. */
const parts = {
  ...{
    hours: 'hours',
    setting: 'settings',
    ticket: 'tickets',
    route: 'routes',
    form: 'forms',
    access: 'access',
  },
  ...{
    table: 'tables',
    price: 'prices',
    overlay: 'overlays',
    settle: 'settlements',
    sop: 'sops',
    limit: 'limits',
    segment: 'segments',
  },
} as const satisfies Partial<Record<DeclarationKind, keyof Blueprint>>
const blueprintKinds = Object.keys(parts) as (keyof typeof parts)[]

function partOf(
  blueprint: Blueprint,
  kind: keyof typeof parts,
): Readonly<Record<string, { readonly label?: unknown }>> {
  return blueprint[parts[kind]] as Readonly<Record<string, { readonly label?: unknown }>>
}

function chapterOf(
  blueprint: Blueprint,
  { title, kinds }: (typeof chapters)[number],
  told: readonly Told[],
): string {
  const own = kinds.flatMap(kind => told.filter(each => each.kind === kind))
  if (!title.endsWith('：'))
    return section(
      title,
      own.flatMap(each => linesOf(blueprint, each, told)),
    )
  return [...Map.groupBy(own, each => labelOf(blueprint, each))]
    .map(([label, group]) =>
      section(
        label === title.slice(0, -1) ? label : `${title}${label}`,
        group.flatMap(each => linesOf(blueprint, each, told)),
      ),
    )
    .filter(text => text !== '')
    .join('\n\n')
}

/** The order of the manual; a title that ends in a colon stands above each declaration of its own. */
const chapters: readonly { readonly title: string; readonly kinds: readonly DeclarationKind[] }[] = [
  { title: '工作时间', kinds: ['hours'] },
  { title: '人和组', kinds: ['role', 'team', 'skill', 'party', 'pool', 'mode'] },
  { title: '可调配置', kinds: ['setting'] },
  { title: '说法', kinds: ['enum'] },
  { title: '工单：', kinds: ['ticket'] },
  { title: '表单：', kinds: ['form'] },
  { title: '资料：', kinds: ['entity'] },
  { title: '随包资料', kinds: ['library'] },
  { title: '表：', kinds: ['table'] },
  { title: '计价：', kinds: ['price'] },
  { title: '临时计价', kinds: ['overlay'] },
  { title: '报价', kinds: ['quote'] },
  { title: '返利和汇率', kinds: ['rebate', 'rates'] },
  { title: '结算', kinds: ['settle'] },
  { title: '客群', kinds: ['segment', 'stage'] },
  { title: '触达：', kinds: ['sop'] },
  { title: '活动和模板', kinds: ['campaign', 'template'] },
  { title: '触达限制：', kinds: ['limit'] },
  { title: '词库', kinds: ['lexicon'] },
  { title: '来意和线索', kinds: ['classify', 'lead-pool'] },
  { title: '外部数据', kinds: ['signal', 'source'] },
  { title: '系统动作', kinds: ['action'] },
  { title: '指标和预警', kinds: ['metric', 'board', 'alert'] },
  { title: '始终成立', kinds: ['property'] },
  { title: '升级', kinds: ['migrate'] },
]

/** A ticket is told with its routes, a form with who may see and write it. */
function linesOf(blueprint: Blueprint, each: Told, all: readonly Told[]): string[] {
  const beside =
    each.kind === 'ticket'
      ? all.filter(({ kind, name }) => kind === 'route' && name.startsWith(`${each.name}.`))
      : each.kind === 'form'
        ? all.filter(({ kind, name }) => kind === 'access' && name === each.name)
        : []
  return [each, ...beside].flatMap(one => readTold(blueprint, one))
}

function labelOf(blueprint: Blueprint, { kind, name, node }: Told): string {
  const known = Object.hasOwn(parts, kind)
    ? partOf(blueprint, kind as keyof typeof parts)[name]?.label
    : undefined
  return typeof known === 'string' ? known : (node?.label?.value ?? builtinEntities[name] ?? name)
}

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : [`## ${title}`, lines.map(line => `- ${line}`).join('\n')].join('\n\n')
}
