import { stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { severityOf } from '#dsl/diagnostics'
import { ConfigError, readConfig, standInsOf } from '../config.ts'
import { devDesk, DEV, DEV_PASSWORD } from '../dev/desk.ts'
import { publishChange } from '../dev/publish-change.ts'
import { watchFolder } from '../dev/watch-folder.ts'
import { BundleError } from '../packs/index.ts'
import { startServer, type Running } from '../server.ts'
import { DataInUseError } from '../store/index.ts'
import { assemblePack } from './pack.ts'
import { reportDiagnostics } from './report.ts'
import type { CommandOptions } from './source.ts'

export interface DevOptions extends CommandOptions {
  /** `api.example.com=http://127.0.0.1:4900`: who answers for a host on this machine. */
  readonly net?: readonly string[]
}

/**
 * `axle dev <pack>`: a desk of one's own on this machine with a WeCom beside it, which follows every change of the pack that
 * has no errors; until it is ended. Its data lies in `.axle` beside the pack.
 */
export async function dev(path: string, options: DevOptions): Promise<number> {
  const folder = resolve(path)
  if (!(await stat(folder)).isDirectory()) {
    console.error(`${path} is a file; axle dev takes the folder of a pack.`)
    return 2
  }
  const first = await assemble(folder, options)
  if (!first) return 1
  try {
    const own = readConfig(process.env)
    const net = { ...own.net, ...standInsOf(options.net ?? []) }
    const config = { ...own, net, dataDir: join(folder, '.axle'), demo: true }
    const desks = (deps: Running['deps']) =>
      devDesk(deps, { dataDir: config.dataDir, folder }).then(desk => [desk])
    const running = await startServer(config, line => console.error(line), { desks })
    await follow(running, folder, { ...options, dataDir: config.dataDir })
    greet(running, options)
    await new Promise<void>(done => {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => done())
    })
    await running.stop()
    process.exit(0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') {
      console.error('The port is in use: stop the other server, or choose another with AXLE_PORT.')
      process.exit(1)
    }
    if (!(error instanceof DataInUseError) && !(error instanceof ConfigError)) throw error
    console.error(error.message)
    return error instanceof DataInUseError ? 3 : 2
  }
}

type Assembled = { readonly archive: Uint8Array } & Awaited<ReturnType<typeof assemblePack>>

/** The pack as it is written now; what is wrong with it is said. */
async function assemble(folder: string, options: CommandOptions): Promise<Assembled | undefined> {
  try {
    const made = await assemblePack(folder)
    const errors = made.compiled.checked.diagnostics.filter(found => severityOf(found) === 'error')
    if (!made.archive) reportDiagnostics(made.compiled.checked.diagnostics, made.texts, options)
    else if (errors.length === 0) return { ...made, archive: made.archive }
  } catch (error) {
    if (!(error instanceof BundleError)) throw error
    console.error(error.message)
  }
  return undefined
}

/** Publishes what the folder holds at the start, and after every change; one change at a time. */
async function follow(
  { deps }: Running,
  folder: string,
  options: CommandOptions & { readonly dataDir: string },
): Promise<void> {
  let last: number | undefined
  let wasWrong = false
  let working = Promise.resolve()
  const again = () => {
    const begun = performance.now()
    working = working.then(async () => {
      try {
        const made = await assemble(folder, options)
        const version =
          made && (await publishChange(deps, { archive: made.archive, dataDir: options.dataDir }))
        const isMended = wasWrong && version !== undefined
        wasWrong = version === undefined
        if (version === undefined || (version === last && !isMended)) return
        if (last !== undefined) say(options, version, performance.now() - begun)
        last = version
      } catch (error) {
        console.error(error)
      }
    })
    return working
  }
  await again()
  await watchFolder(folder, () => void again())
}

function say({ lang }: CommandOptions, version: number, ms: number): void {
  const took = `${Math.round(ms)} ms`
  console.log(
    lang === 'zh' ? `已生效：第 ${version} 版（${took}）` : `In force: version ${version} (${took})`,
  )
}

function greet({ url, deps }: Running, { lang, json }: CommandOptions): void {
  const [desk] = deps.demo
  if (json) return console.log(JSON.stringify({ url, ...desk }))
  const roles = desk!.logins.map(({ login }) => login).join('、')
  console.log(`Axle is ready: ${url}`)
  console.log(
    lang === 'zh'
      ? `  工单台 ${url}/desk\n  模拟器 ${url}/emulator\n  企业 ${DEV}，账号 ${roles}，密码 ${DEV_PASSWORD}\n改了包里的文件就生效；按 Ctrl+C 停止。`
      : `  desk     ${url}/desk\n  emulator ${url}/emulator\n  desk ${DEV}, log-ins ${roles}, password ${DEV_PASSWORD}\nEvery change of the pack is in force at once; stop with Ctrl+C.`,
  )
}
