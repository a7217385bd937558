/** Counts counterfactuals by what they are about, and how many of them an exhaustive search could not better. */
export class Tally {
  readonly #kept = new Map<string, { all: number; minimal: number }>()

  count(about: string, isMinimal: boolean): void {
    const kept = this.#kept.get(about) ?? { all: 0, minimal: 0 }
    this.#kept.set(about, { all: kept.all + 1, minimal: kept.minimal + (isMinimal ? 1 : 0) })
  }

  print(): void {
    for (const [about, { all, minimal }] of this.#kept)
      console.log(`${about}: ${all} counterfactuals, ${((100 * minimal) / all).toFixed(2)} % minimal`)
  }
}
