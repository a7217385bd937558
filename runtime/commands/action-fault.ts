import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Blueprint } from '#core/blueprint'
import { positionAt } from '#dsl/diagnostics'
import { BundleError, bundleAction } from '../packs/index.ts'

/** Whether a file of a pack's `actions` folder is the code of one. */
export const isActionCode = (file: string) => file.endsWith('.ts') && !file.endsWith('.d.ts')

/** What is to be said about the code of a folder's actions; an error keeps it from running anywhere. */
export interface ActionFinding {
  readonly severity: 'error' | 'warning'
  readonly text: string
}

/** Of every action the code that cannot be read or brought, that is called otherwise, or that is not there yet. */
export async function actionFindings(folder: string, { actions }: Blueprint): Promise<ActionFinding[]> {
  const names = await readdir(join(folder, 'actions')).catch(withoutFolder)
  if (names === undefined) return []
  const code = names.filter(isActionCode)
  const read = code.map(async (name): Promise<ActionFinding[]> => {
    const path = join('actions', name)
    const text = await readFile(join(folder, path), 'utf8')
    const fault = (await actionFault(join(folder, path), text)) ?? (await importFault(folder, { path, text }))
    return fault === undefined ? [] : [{ severity: 'error', text: fault }]
  })
  const bare = Object.keys(actions).filter(action => !code.includes(`${action}.ts`))
  return [
    ...(await Promise.all(read)).flat(),
    ...bare.map(action => ({
      severity: 'warning' as const,
      text: `The action ${action} has no code yet: write ${join(folder, 'actions', `${action}.ts`)}`,
    })),
  ]
}

/** Undefined for a single file, which brings no code at all. */
function withoutFolder(error: NodeJS.ErrnoException): string[] | undefined {
  if (error.code === 'ENOENT') return []
  if (error.code === 'ENOTDIR') return undefined
  throw error
}

async function importFault(
  folder: string,
  action: { readonly path: string; readonly text: string },
): Promise<string | undefined> {
  try {
    await bundleAction(folder, action)
    return undefined
  } catch (error) {
    if (error instanceof BundleError) return error.message
    throw error
  }
}

/** Why a text is no action of its file's name: no TypeScript, or called otherwise in its own code. */
export async function actionFault(path: string, text: string): Promise<string | undefined> {
  const { parseAst } = await import('rolldown/parseAst')
  try {
    const called = nameIn(parseAst(text, { lang: 'ts' }, path).body)
    const name = basename(path, '.ts').normalize()
    if (called === undefined || called.name.normalize() === name) return undefined
    const { line, column } = positionAt(text, called.start)
    return `${path}:${line}:${column} is called ${called.name} here and ${name} by its file; both must be as the pack declares it`
  } catch (error) {
    return `${path} cannot be read: ${error instanceof Error ? error.message : ''}`
  }
}

/** The name in `export default action('…', …)`, where it is written out. */
function nameIn(
  body: readonly { readonly type: string; readonly declaration?: unknown }[],
): { readonly name: string; readonly start: number } | undefined {
  const exported = body.find(({ type }) => type === 'ExportDefaultDeclaration')?.declaration as
    Call | undefined
  const [first] = exported?.type === 'CallExpression' ? exported.arguments : []
  const isAction = exported?.callee?.name === 'action' && typeof first?.value === 'string'
  return isAction ? { name: first.value as string, start: first.start } : undefined
}

interface Call {
  readonly type: string
  readonly callee?: { readonly name?: string }
  readonly arguments: readonly { readonly value?: unknown; readonly start: number }[]
}
