import type { Judgement, Reason } from './judge.ts'

/** What the limits of one pack make of a message; `pack` is what people call it. */
export interface PackJudgement extends Judgement {
  readonly pack: string
}

const order: readonly Judgement['verdict'][] = ['allow', 'defer', 'drop']

/**
 * What the limits of several packs together make of one message: the strictest verdict, the latest instant, and the reasons of
 * all, those of the strictest first, whose limits are called by their pack as well (`零售连锁 · 触达`). Of one pack alone, its
 * judgement as it is.
 */
export function strictest(judgements: readonly PackJudgement[]): Judgement {
  const [first, ...others] = judgements
  if (!first) throw new RangeError('no judgement')
  if (others.length === 0) return { verdict: first.verdict, until: first.until, reasons: first.reasons }
  const ranked = judgements.toSorted((a, b) => order.indexOf(b.verdict) - order.indexOf(a.verdict))
  const { verdict } = ranked[0]!
  const reasons: Reason[] = []
  for (const { pack, reasons: more } of ranked)
    for (const reason of more) {
      const told = 'limit' in reason ? { ...reason, limit: `${pack} · ${reason.limit}` } : reason
      if (!reasons.some(known => JSON.stringify(known) === JSON.stringify(told))) reasons.push(told)
    }
  const untils = judgements.flatMap(each => each.until ?? [])
  return { verdict, until: verdict === 'defer' ? Math.max(...untils) : null, reasons }
}
