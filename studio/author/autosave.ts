import { ApiError, reasonOf } from '../data/api.ts'
import { loadSource, saveSource, type Files } from '../data/source.ts'

export type SaveState =
  | { readonly kind: 'saved' | 'unsaved' | 'saving' | 'conflict' }
  | { readonly kind: 'failed'; readonly reason: string }

export const QUIET_MS = 800

/** Saves a while after the last change, one save at a time; stops at a conflict until somebody decides. */
export class Autosave {
  revision: number
  readonly #pack: string
  #state: SaveState = { kind: 'saved' }
  #pending: Files | undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  #running: Promise<void> | undefined
  readonly #tell: (state: SaveState) => void

  constructor(
    { pack, revision }: { readonly pack: string; readonly revision: number },
    tell: (state: SaveState) => void,
  ) {
    this.#pack = pack
    this.revision = revision
    this.#tell = tell
  }

  get state(): SaveState {
    return this.#state
  }

  /** The text has changed. */
  changed(files: Files): void {
    this.#pending = files
    if (this.#state.kind === 'conflict') return
    this.#become({ kind: 'unsaved' })
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.flush(), QUIET_MS)
  }

  /** Saves what waits, now; resolves when nothing waits or the save failed. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer)
    while (this.#running) await this.#running
    if (!this.#pending || this.#state.kind === 'conflict') return
    this.#running = this.#save(this.#pending).finally(() => (this.#running = undefined))
    await this.#running
  }

  /** Ends a conflict by writing over what others saved. */
  async keepMine(): Promise<void> {
    this.revision = (await loadSource(this.#pack)).revision
    this.#become({ kind: 'unsaved' })
    await this.flush()
  }

  async #save(files: Files): Promise<void> {
    this.#pending = undefined
    this.#become({ kind: 'saving' })
    try {
      this.revision = (await saveSource(this.#pack, { files, revision: this.revision })).revision
      this.#become(this.#pending ? { kind: 'unsaved' } : { kind: 'saved' })
    } catch (error) {
      this.#pending ??= files
      const moved = error instanceof ApiError && error.problem?.code === 'source-moved'
      this.#become(moved ? { kind: 'conflict' } : { kind: 'failed', reason: reasonOf(error) })
    }
  }

  #become(state: SaveState): void {
    this.#state = state
    this.#tell(state)
  }
}
