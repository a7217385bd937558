// `node test/bench/mutation.ts [seed]`: one slip at a time in each pack; what notices it, and who survives.
import { dice, judge, mutantsOf, textsOf, type Mutant, type Slip, type Verdict } from '../support/mutation.ts'

const seed = Number(process.argv[2] ?? 1)
const judged = ['education', 'manufacturing', 'retail'].flatMap(pack =>
  mutantsOf(textsOf(pack), dice(seed)).map(mutant => ({ pack, mutant, verdict: judge(mutant.texts) })),
)
const slips = [...new Set(judged.map(({ mutant }) => mutant.slip))]
const share = (part: number, whole: number) => `${((100 * part) / whole).toFixed(1)} %`

console.log(`seed ${seed}, ${judged.length} mutants`)
for (const slip of slips) {
  const all = judged.filter(({ mutant }) => mutant.slip === slip)
  const checked = all.filter(({ verdict }) => verdict.codes.length > 0)
  const tested = all.filter(({ verdict }) => verdict.failedTests > 0)
  const codes = Map.groupBy(
    checked.flatMap(({ verdict }) => verdict.codes),
    code => code,
  )
  const often = [...codes].sort((a, b) => b[1].length - a[1].length).slice(0, 6)
  console.log(
    `${slip.padEnd(11)} ${String(all.length).padStart(5)}  checker ${share(checked.length, all.length).padStart(7)}` +
      `  tests ${share(tested.length, all.length).padStart(6)}  ${often.map(([code, { length }]) => `${code}×${length}`).join(' ')}`,
  )
}

console.log('\nsurvivors')
for (const { pack, mutant, verdict } of judged)
  if (survives(verdict))
    console.log(
      `${pack}/${mutant.file}:${mutant.line} ${mutant.from} → ${mutant.to} (${mutant.slip}): ${why(mutant)}`,
    )

function survives({ codes, failedTests }: Verdict): boolean {
  return codes.length === 0 && failedTests === 0
}

/** Why the text is legal all the same, by what stands before the token on its line. */
function why({ slip, file, line, to, texts }: Mutant): string {
  const text = texts[file]!.split('\n')[line - 1]!
  const before = text.slice(0, text.indexOf(to))
  const after = text.slice(before.length + to.length)
  if (/^\s*:/.test(after))
    return 'a field or column is named where it is declared, and nothing else reads it by name'
  if (/\bon\s+$/.test(before)) return 'names the transition where it is declared, nothing refers to it'
  if (/\b(clock|branch)\s+$/.test(before)) return 'a clock or branch is named where it is declared'
  if (/\b(notify|escalate)\s[^;]*$/.test(before)) return 'another who may be told'
  if (/\bask\s[^;]*$/.test(before)) return 'another field of the form, which can be filled there'
  if (slip === 'typo' && before.trimStart().startsWith('|'))
    return 'a column of a table that is called by position'
  if (slip === 'typo') return 'a name is declared there, and nothing else refers to it'
  const reasons: Readonly<Record<Exclude<Slip, 'typo'>, string>> = {
    name: 'the other name fits here too: same kind, same type',
    type: 'nothing computes with the field, or every use fits the other type',
    'enum value': 'another value of the same enum, and the rows still cover every case once',
    'cell bound': 'an output, or a bound whose rows still meet',
    guard: 'the opposite condition is of the same type; no test takes this way',
    share: 'one party takes the rest',
  }
  return reasons[slip]
}
