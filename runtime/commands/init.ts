import { createInterface } from 'node:readline/promises'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { checkPack } from '#dsl'
import { fileURLToPath } from 'node:url'
import { sdkOf } from './gen-sdk.ts'
import { readPack, type CommandOptions } from './source.ts'

const templates = ['pack', 'action'] as const
type Template = (typeof templates)[number]
const templateFolder = (name: string) => fileURLToPath(new URL(`../templates/${name}`, import.meta.url))

export interface InitOptions extends CommandOptions {
  readonly template?: string
  readonly name?: string
  readonly label?: string
  readonly yes?: boolean
}

interface Answers {
  readonly template: Template
  readonly name: string
  readonly label: string
}

/** `axle init [dir]`: a pack that checks and whose tests pass, with what a developer needs around it. Nothing is written over. */
export async function init(dir: string | undefined, options: InitOptions): Promise<number> {
  const isChinese = options.lang === 'zh'
  const folder = resolve(dir ?? '.')
  const asked = await answersOf(folder, options)
  if (typeof asked === 'string') {
    console.error(asked)
    return 2
  }
  const files = await filesOf(asked)
  const inTheWay = Object.keys(files).filter(
    path => path !== 'package.json' && existsSync(join(folder, path)),
  )
  if (inTheWay.length > 0) {
    console.error(
      isChinese
        ? `${folder} 里已有 ${inTheWay.join('、')}，没有改动任何文件。换一个空文件夹再试。`
        : `${folder} already has ${inTheWay.join(', ')}; nothing was written. Try an empty folder.`,
    )
    return 1
  }
  for (const [path, text] of Object.entries(files)) await put(join(folder, path), text)
  await putScripts(join(folder, 'package.json'), asked.name)
  await putSdk(folder)
  report(folder, asked, options)
  return 0
}

async function answersOf(folder: string, options: InitOptions): Promise<Answers | string> {
  const usual = { name: plainName(basename(folder)), label: '服务台', template: 'action' }
  const given = { template: options.template, name: options.name, label: options.label }
  const answers = options.yes || !process.stdin.isTTY ? {} : await ask(given, usual, options)
  const { template, name, label } = { ...usual, ...defined(given), ...answers }
  if (!templates.some(known => known === template))
    return options.lang === 'zh'
      ? `没有模板「${template}」，可选：${templates.join('、')}。`
      : `There is no template “${template}”; there are: ${templates.join(', ')}.`
  if (!/^[a-z][a-z0-9_.]*$/.test(name))
    return options.lang === 'zh'
      ? `包名「${name}」只能用小写字母、数字、点和下划线，以字母开头。`
      : `A pack’s name has lower-case letters, digits, dots and underscores, beginning with a letter: “${name}” does not.`
  return { template: template as Template, name, label }
}

function defined<T extends object>(given: T): Partial<T> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Partial<T>
}

/** Three questions at most, those that the command line did not answer. */
async function ask(
  given: Readonly<Record<string, string | undefined>>,
  usual: Readonly<Record<string, string>>,
  { lang }: CommandOptions,
): Promise<Record<string, string>> {
  const words = {
    name: ['包名（字母、数字）', 'Name of the pack (letters, digits)'],
    label: ['给人看的名字', 'What people call it'],
    template: [`模板（${templates.join(' / ')}）`, `Template (${templates.join(' / ')})`],
  } as const
  const line = createInterface({ input: process.stdin, output: process.stderr })
  const answers: Record<string, string> = {}
  for (const [key, said] of Object.entries(words)) {
    if (given[key] !== undefined) continue
    const answer = (await line.question(`${said[lang === 'zh' ? 0 : 1]} [${usual[key]}]: `)).trim()
    if (answer !== '') answers[key] = answer
  }
  line.close()
  return answers
}

function plainName(folder: string): string {
  const plain = folder
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+|_+$/g, '')
  return plain === '' ? 'service' : plain
}

/** What is written: the template under the names asked for, and what is the same for all. */
async function filesOf({ template, name, label }: Answers): Promise<Record<string, string>> {
  const files: Record<string, string> = {}
  for (const part of [template, 'shared'])
    for (const entry of await readdir(templateFolder(part), { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue
      const path = relative(templateFolder(part), join(entry.parentPath, entry.name))
      // Why another name: npm leaves a file of that name out of packages.
      files[path === 'gitignore' ? '.gitignore' : path] = await readFile(
        join(entry.parentPath, entry.name),
        'utf8',
      )
    }
  files['pack.axle'] = files['pack.axle']!.replace(
    'pack service "服务台"',
    () => `pack ${name} ${JSON.stringify(label)}`,
  )
  files['README.md'] = files['README.md']!.replace('service-1.axlepack', `${name}-1.axlepack`)
  return files
}

async function put(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, text)
}

const scripts = {
  ...{ check: 'axle check .', fmt: 'axle fmt .', test: 'axle test . && axle action test --pack .' },
  ...{ dev: 'axle dev .', sdk: 'axle gen sdk . > pack.d.ts', types: 'tsc --noEmit', pack: 'axle pack .' },
}

/** Adds the scripts to a package that is there, or makes one; what it has stays. */
async function putScripts(path: string, name: string): Promise<void> {
  const found = existsSync(path) ? (JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>) : {}
  const made = { name: name.replaceAll('.', '-'), private: true, type: 'module', ...found }
  // What `npm init` writes there says only that there is nothing yet.
  const own = Object.entries((found.scripts ?? {}) as Record<string, string>).filter(
    ([, script]) => !script.includes('no test specified'),
  )
  const all = { ...made, scripts: { ...scripts, ...Object.fromEntries(own) } }
  await put(path, `${JSON.stringify(all, null, 2)}\n`)
}

/** The declarations that an editor knows the actions by. */
async function putSdk(folder: string): Promise<void> {
  const { blueprint } = checkPack(await readPack(folder))
  await put(join(folder, 'pack.d.ts'), `${sdkOf(blueprint)}\n`)
}

function report(folder: string, answers: Answers, { json, lang }: InitOptions): void {
  if (json) return console.log(JSON.stringify({ folder, ...answers }, null, 2))
  const here = relative('.', folder)
  const steps = [...(here === '' ? [] : [`cd ${here}`]), 'npm test', 'npm run dev']
  console.log(
    lang === 'zh'
      ? `${answers.label}（${answers.name}）已建好。接着：\n\n  ${steps.join('\n  ')}\n\n怎么写，见 README.md。`
      : `${answers.label} (${answers.name}) is there. Next:\n\n  ${steps.join('\n  ')}\n\nREADME.md says how to go on.`,
  )
}
