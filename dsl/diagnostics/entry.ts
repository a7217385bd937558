/** What every diagnostic code means: its permanent number, its slug, and its words in both languages. */
export interface Entry {
  readonly slug: string
  readonly severity: 'error' | 'warning'
  /** It says that something is missing or never comes about, which holds only of a declaration that was read whole. */
  readonly ofWhole?: true
  readonly zh: string
  readonly en: string
  /** What to do next; no diagnostic goes without. */
  readonly help: { readonly zh: string; readonly en: string }
}
