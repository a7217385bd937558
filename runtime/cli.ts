// The `axle` command. Results go to stdout, words about them to stderr; exit 0 without errors, 1 on findings, 2 on misuse. A command is
// loaded when it is asked for: checking a text must not wait for the database.
import './compile-cache.ts'
import { Command, CommanderError, Option } from 'commander'

const program = new Command('axle')
  .description('Axle: write down how a service desk works, prove it, run it')
  .exitOverride()

const withOptions = (made: Command) =>
  made
    .option('--json', 'machine-readable output')
    .addOption(
      new Option('--lang <language>', 'language of messages')
        .choices(['zh', 'en'])
        .default('zh')
        .env('AXLE_LANG'),
    )
const command = (signature: string, description: string) =>
  withOptions(program.command(signature).description(description))

command('init [dir]', 'a new pack that checks and whose tests pass')
  .option('--template <name>', 'pack, or action: with an action in TypeScript and a source of events')
  .option('--name <name>', 'what the pack is called by')
  .option('--label <text>', 'what people call it')
  .option('--yes', 'ask nothing')
  .action(async (dir, options) => {
    process.exitCode = await (await import('./commands/init.ts')).init(dir, options)
  })
command('dev <pack>', 'a desk of one’s own with a WeCom beside it, which follows every change of the pack')
  .option(
    '--net <host=url...>',
    'who answers for a host on this machine: api.example.com=http://127.0.0.1:4900',
  )
  .action(async (pack, options) => {
    process.exitCode = await (await import('./commands/dev.ts')).dev(pack, options)
  })
command('send <source> <type> [data]', 'sends a signed message to a source, as another system would')
  .option('--pack <pack>', 'folder of the pack', '.')
  .option('--url <url>', 'the service', `http://127.0.0.1:${process.env.AXLE_PORT ?? 4100}`)
  .option('--desk <id>', 'the desk', 'dev')
  .option('--secret <file>', 'file with the source’s secret; else that of `axle dev`')
  .option('--id <id>', 'what the message is known by; the same id counts once')
  .option('--at <time>', 'when it happened; else now, or when the same id was first sent beside `axle dev`')
  .action(async (source, type, data, options) => {
    process.exitCode = await (await import('./commands/send.ts')).send({ source, type, data }, options)
  })
program
  .command('serve')
  .description('the service, as `npm start` runs it')
  .option(
    '--net <host=url...>',
    'who answers for a host that actions call: api.example.com=http://10.0.0.5:8080',
  )
  .addHelpText(
    'after',
    `
Environment:
  AXLE_PORT, AXLE_HOST  where to listen (4100, 127.0.0.1)
  AXLE_DATA             folder of the embedded database and files (.axle)
  AXLE_DATABASE_URL     a PostgreSQL to use instead of the embedded one
  AXLE_ROLE             all, web or worker: several processes may share one PostgreSQL
  AXLE_DEMO=off         start empty, with a one-time link to set up the first desk
  AXLE_NET              what --net says, with commas between
  AXLE_MASTER_KEY       seals secrets and customers’ links; made in the data folder in demo mode
`,
  )
  .action(async ({ net }: { net?: string[] }) => {
    if (net) process.env.AXLE_NET = [process.env.AXLE_NET ?? [], net].flat().join(',')
    await import('./serve.ts')
  })
command('check [paths...]', 'diagnostics of packs or files')
  .option('--strict', 'warnings count for the exit code too')
  .option('--sarif', 'findings as SARIF 2.1.0')
  .option('--fix', 'makes the changes for which there is one way only')
  .action(async (paths, options) => {
    process.exitCode = await (await import('./commands/check.ts')).check(paths, options)
  })
command('fmt [paths...]', 'brings files into their common form')
  .option('--check', 'change nothing, exit 1 when something would')
  .action(async (paths, options) => {
    process.exitCode = await (await import('./commands/fmt.ts')).fmt(paths, options)
  })
command('build <pack>', 'the blueprint as JSON').action(async (pack, options) => {
  process.exitCode = await (await import('./commands/build.ts')).build(pack, options)
})
command('test <pack>', 'runs the tests written in the language')
  .option('--coverage', 'says what the tests never came to')
  .option('--watch', 'runs them again whenever a text changes, until it is ended')
  .action(async (pack, options) => {
    process.exitCode = await (await import('./commands/test.ts')).test(pack, options)
  })
command('table <pack> <name> [facts...]', 'the row that answers, and why the others did not')
  .option('--with <file>', 'inputs (JSON): column to value')
  .action(async (pack, name, facts, options) => {
    process.exitCode = await (await import('./commands/table.ts')).table({ pack, name, facts }, options)
  })
command('diff <before> <after>', 'what changes in meaning, by what it asks for').action(
  async (before, after, options) => {
    process.exitCode = await (await import('./commands/diff.ts')).diff({ before, after }, options)
  },
)
program
  .command('lsp')
  .description('the language service for editors, over stdin and stdout')
  .option('--stdio', 'the only way there is; editors say so')
  .action(async () => {
    process.exitCode = await (await import('./commands/lsp.ts')).lsp()
  })
command('pack <pack>', 'a reproducible archive of the pack')
  .option('-o, --out <file>', 'where to write it')
  .action(async (path, options) => {
    process.exitCode = await (await import('./commands/pack.ts')).pack(path, options)
  })
command('sign [archive]', 'signs an archive with an Ed25519 key')
  .requiredOption('--key <file>', 'private key (PEM)')
  .option('--new-key', 'make the key first, and its public half beside it')
  .option('-o, --out <file>', 'where to write it instead of in place')
  .action(async (archive, options) => {
    process.exitCode = await (await import('./commands/sign.ts')).signPack(archive, options)
  })
command('verify <archive>', 'whether a trusted key signed exactly this')
  .option('--trust <files...>', 'public keys (PEM)', [])
  .action(async (archive, options) => {
    process.exitCode = await (await import('./commands/verify.ts')).verifyPack(archive, options)
  })
command('price <pack> <name>', 'lines, total, and the explanation of each step')
  .requiredOption('--with <file>', 'facts (JSON): fields, subject, records, settings')
  .action(async (pack, name, options) => {
    process.exitCode = await (await import('./commands/price.ts')).showPrice({ pack, name }, options)
  })

command(
  'manual <pack>',
  'the pack as a manual in Chinese: who does what by when, what is sent, what it costs',
).action(async (pack, options) => {
  process.exitCode = await (await import('./commands/manual.ts')).manual(pack, options)
})

command(
  'simulate <pack>',
  'a month of traffic on a virtual clock: in time or not, load, sends, cost, and what would help',
)
  .option('--days <n>', 'how many days', '30')
  .option('--seed <n>', 'another number brings another month, the same one the same', '1')
  .option(
    '--traffic <file>',
    'what arrives, who works, what lies in stock (JSON); else the pack’s traffic.json, else guesses',
  )
  .option('--more <stream=percent...>', 'streams that bring more or less: 退换=+30%')
  .option('--against <pack>', 'what another pack makes of the same traffic')
  .option(
    '--history <file>',
    'instead: where the pack would decide otherwise than it was (JSON: tickets with their events)',
  )
  .option('--no-propose', 'looks for no changes that would help')
  .option('--accept <numbers...>', 'plays it again with these proposals, or all')
  .option('--save <file>', 'writes the traffic with the accepted proposals')
  .action(async (pack, options) => {
    process.exitCode = await (await import('./commands/simulate.ts')).simulate(pack, options)
  })
const action = program.command('action').description('a pack’s actions, in the sandbox that production has')
withOptions(action.command('run <name>').description('one run: its outcome, what it took, where it failed'))
  .requiredOption('--in <file>', 'sample (JSON): the inputs, or { in, net, read, kv, secrets }')
  .option('--pack <pack>', 'folder of the pack', '.')
  .option('--net', 'really calls the hosts that the action declares')
  .action(async (name, options) => {
    process.exitCode = await (await import('./commands/action.ts')).runAction(name, options)
  })
withOptions(action.command('test').description('the cases of actions/<name>.test.json, answers scripted'))
  .option('--pack <pack>', 'folder of the pack', '.')
  .action(async options => {
    process.exitCode = await (await import('./commands/action.ts')).testActions(options)
  })

const gen = program.command('gen').description('files that are made from others')
withOptions(gen.command('sdk <pack>').description('TypeScript declarations for a pack’s actions')).action(
  async (pack, options) => {
    process.exitCode = await (await import('./commands/gen-sdk.ts')).genSdk(pack, options)
  },
)

gen
  .command('reference [dir]')
  .description('the pages that are read off the code: diagnostics, grammar, the schema of blueprints')
  .action(async dir => {
    process.exitCode = await (await import('./commands/gen-reference.ts')).genReference(dir)
  })

command('eval <pack> <expression>', 'the value and the type of an expression in the pack’s names')
  .allowUnknownOption() // an expression may begin with a minus
  .option('--with <file>', 'facts (JSON): name to value; a text that reads as a literal is one')
  .option('--why', 'of a condition also: which smallest change of the facts would turn it')
  .action(async (pack, written, options) => {
    process.exitCode = await (await import('./commands/eval.ts')).evalExpression({ pack, written }, options)
  })

command('explain <code>', 'what a diagnostic means, what to do about it, and an example').action(
  async (code, options) => {
    process.exitCode = (await import('./commands/explain.ts')).explain(code, options)
  },
)

const tenant = program.command('tenant').description('desks of this service')
withOptions(
  tenant.command('create <id>').description('a desk with its first administrator and a one-time link'),
)
  .requiredOption('--name <name>', 'what people call the desk')
  .requiredOption('--admin <login>', 'login of the first administrator')
  .option('--demo', 'a desk whose time may be moved')
  .option('--starts-at <time>', 'where the time of a demo desk starts')
  .action(async (id, options) => {
    process.exitCode = await (await import('./commands/tenant.ts')).createTenant(id, options)
  })
command('trust <key>', 'takes archives signed with this public key (PEM)')
  .requiredOption('--name <name>', 'whose key it is')
  .option('--tenant <id>', 'for this desk alone')
  .action(async (key, options) => {
    process.exitCode = await (await import('./commands/trust.ts')).trustKey(key, options)
  })
command('plan <pack>', 'what installing a pack of the catalogue would do')
  .requiredOption('--tenant <id>', 'the desk')
  .action(async (pack, options) => {
    process.exitCode = await (await import('./commands/install-pack.ts')).plan(pack, options)
  })
command('install <archive>', 'installs a signed archive on a desk')
  .requiredOption('--tenant <id>', 'the desk')
  .option('--yes', 'consent to the plan')
  .option('--settings <file>', 'values by setting (JSON)')
  .option('--roles <file>', 'staff ids by role (JSON)')
  .option('--live <acts...>', 'end the trial, also of what serves already; these outward acts go out')
  .option('--stores <ids>', 'an upgrade for new tickets of these stores first, with commas between')
  .action(async (archive, options) => {
    process.exitCode = await (await import('./commands/install-pack.ts')).install(archive, options)
  })

command('upgrade <pack>', 'brings many desks to the newest release of a pack, or to an archive’s')
  .requiredOption('--tenants <ids>', 'the desks, with commas between, or all that run it')
  .option('--dry-run', 'changes nothing, says what would become of each desk')
  .option('--live-as-before', 'what was switched on stays on; else desks are in trial afterwards')
  .action(async (pack, options) => {
    process.exitCode = await (await import('./commands/upgrade.ts')).upgrade(pack, options)
  })

command('rollback <pack>', 'puts back the release of a pack before the last one')
  .requiredOption('--tenant <id>', 'the desk')
  .action(async (pack, options) => {
    process.exitCode = await (await import('./commands/install-pack.ts')).rollback(pack, options)
  })

command('rollout <pack>', 'where a version that some stores use first goes on')
  .requiredOption('--tenant <id>', 'the desk')
  .addOption(new Option('--stores <ids>', 'these stores, with commas between').conflicts(['all', 'back']))
  .addOption(new Option('--all', 'all stores').conflicts(['stores', 'back']))
  .addOption(new Option('--back', 'none: what it replaced serves again').conflicts(['stores', 'all']))
  .action(async (pack, options) => {
    process.exitCode = await (await import('./commands/rollout.ts')).rollout(pack, options)
  })

command('doctor <desk>', 'the check-up of a desk: what works, what does not, and what to do').action(
  async (desk, options) => {
    process.exitCode = await (await import('./commands/doctor.ts')).doctor(desk, options)
  },
)

try {
  await program.parseAsync()
} catch (error) {
  const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT'
  if (isMissing) console.error(`There is no ${(error as NodeJS.ErrnoException).path}.`)
  else if ((error as Error).name === 'FileError') console.error((error as Error).message)
  else if (!(error instanceof CommanderError)) throw error
  process.exitCode = error instanceof CommanderError && error.exitCode === 0 ? 0 : 2
}
