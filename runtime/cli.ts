// The `axle` command. Results go to stdout, words about them to stderr; exit 0 without errors, 1 on findings, 2 on misuse.
import { Command, CommanderError, Option } from 'commander'
import { check } from './commands/check.ts'
import { build } from './commands/build.ts'
import { pack } from './commands/pack.ts'
import { signPack } from './commands/sign.ts'
import { verifyPack } from './commands/verify.ts'
import { test } from './commands/test.ts'
import { table } from './commands/table.ts'

const program = new Command('axle')
  .description('Axle: write down how a service desk works, prove it, run it')
  .exitOverride()

const command = (signature: string, description: string) =>
  program
    .command(signature)
    .description(description)
    .option('--json', 'machine-readable output')
    .addOption(new Option('--lang <language>', 'language of messages').choices(['zh', 'en']).default('zh'))

command('check [paths...]', 'diagnostics of packs or files').action(async (paths, options) => {
  process.exitCode = await check(paths, options)
})
command('build <pack>', 'the blueprint as JSON').action(async (pack, options) => {
  process.exitCode = await build(pack, options)
})
command('test <pack>', 'runs the tests written in the language').action(async (pack, options) => {
  process.exitCode = await test(pack, options)
})
command('table <pack> <name> [facts...]', 'the row that answers, and why the others did not').action(
  async (pack, name, facts, options) => {
    process.exitCode = await table({ pack, name, facts }, options)
  },
)
command('pack <pack>', 'a reproducible archive of the pack')
  .option('--out <file>', 'where to write it')
  .action(async (path, options) => {
    process.exitCode = await pack(path, options)
  })
command('sign <archive>', 'signs an archive with an Ed25519 key')
  .requiredOption('--key <file>', 'private key (PEM)')
  .option('--new-key', 'make the key first, and its public half beside it')
  .option('--out <file>', 'where to write it instead of in place')
  .action(async (archive, options) => {
    process.exitCode = await signPack(archive, options)
  })
command('verify <archive>', 'whether a trusted key signed exactly this')
  .option('--trust <files...>', 'public keys (PEM)', [])
  .action(async (archive, options) => {
    process.exitCode = await verifyPack(archive, options)
  })

try {
  await program.parseAsync()
} catch (error) {
  const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT'
  if (isMissing) console.error(`There is no ${(error as NodeJS.ErrnoException).path}.`)
  else if (!(error instanceof CommanderError)) throw error
  process.exitCode = error instanceof CommanderError && error.exitCode === 0 ? 0 : 2
}
