// Starts the service: reads the environment, opens the data, serves, and stops cleanly when told to.
import { flushCompileCache } from 'node:module'
import { ConfigError, readConfig } from './config.ts'
import { startServer, type Running } from './server.ts'
import { DataInUseError } from './store/index.ts'
import { offerSetup } from './usecases/set-up.ts'

const pages = [
  ['工单台    desk', '/desk'],
  ['流程设计  studio', '/author'],
  ['行业包    packs', '/admin/packs'],
  ['结算单    statements', '/admin/statements'],
  ['模拟器    emulator', '/emulator'],
  ['侧边栏    sidebar', '/sidebar'],
] as const

try {
  const config = readConfig(process.env)
  const running = await startServer(config, line => console.log(line))
  console.log(`Axle is ready: ${running.url}`)
  // Why now: a service that is killed writes nothing at its end.
  flushCompileCache()
  for (const [host, url] of Object.entries(config.net))
    console.log(`扩展动作访问 ${host} 时由 ${url} 回答。Actions that call ${host} are answered by ${url}.`)
  if (!config.demo && config.masterKey === undefined) {
    console.log('没有设 AXLE_MASTER_KEY：密钥明文保存，客户链接不可用。')
    console.log('AXLE_MASTER_KEY is not set: secrets lie open, and there are no links for customers.')
  }
  sayDemo(running)
  await saySetup(running)
  console.log('Stop with Ctrl+C. 按 Ctrl+C 停止。')
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      void running.stop().then(() => process.exit(0))
    })
} catch (error) {
  if (error instanceof ConfigError || error instanceof DataInUseError) {
    console.error(error.message)
    process.exit(error instanceof ConfigError ? 2 : 3)
  }
  const { code } = error as NodeJS.ErrnoException
  if (code !== 'EADDRINUSE') throw error
  console.error('The port is in use: stop the other server, or choose another with AXLE_PORT.')
  process.exit(1)
}

/** A server that nobody may log in to says where the first administrator begins. */
async function saySetup({ url, deps }: Running): Promise<void> {
  const path = url === '' ? undefined : await offerSetup(deps)
  if (path === undefined) return
  console.log('\n还没有管理员，请打开这个一次性链接（72 小时内有效）：')
  console.log('There is no administrator yet; open this one-time link (good for 72 hours):')
  console.log(`  ${url}${path}\n`)
}

function sayDemo({ url, deps }: Running): void {
  if (deps.demo.length === 0) return
  console.log('')
  for (const [label, path] of pages) console.log(`  ${label.padEnd(22)} ${url}${path}`)
  for (const { desk, name, password, customerPage, logins } of deps.demo) {
    console.log(`\n${name}  企业 desk: ${desk}  密码 password: ${password}`)
    for (const { login, name: who, roles } of logins)
      console.log(`  ${login.padEnd(10)} ${who}  ${roles.join('、')}`)
    if (customerPage !== null) console.log(`  客户页 customer page  ${url}${customerPage}`)
  }
  console.log('')
}
