/** What every diagnostic code means: its permanent number, its slug, and its words in both languages. */
export interface Entry {
  readonly slug: string
  readonly severity: 'error' | 'warning'
  readonly zh: string
  readonly en: string
  /** What to do next; no diagnostic goes without. */
  readonly help: { readonly zh: string; readonly en: string }
}
