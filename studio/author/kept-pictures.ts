import type { Finding, Picture } from '../worker/messages.ts'

/** A picture as it is shown: the text's own, or the last good one of a text that is broken at `line`. */
export interface Shown {
  readonly picture: Picture
  readonly brokenAt: { readonly file: string; readonly line: number } | null
}

/** What to show after an answer: a broken declaration, and no other, keeps its last good picture. */
export function keepPictures(
  kept: readonly Shown[],
  { pictures, findings }: { readonly pictures: readonly Picture[]; readonly findings: readonly Finding[] },
): Shown[] {
  const before = (ticket: string) => kept.find(shown => shown.picture.ticket === ticket)
  const drawn = pictures.map((picture): Shown => {
    const { ticket, file, brokenLine } = picture
    if (brokenLine === null) return { picture, brokenAt: null }
    return { picture: before(ticket)?.picture ?? picture, brokenAt: { file, line: brokenLine } }
  })
  const lost = kept.flatMap(({ picture }): Shown[] => {
    if (pictures.some(({ ticket }) => ticket === picture.ticket)) return []
    const fault = findings.find(({ code, file }) => file === picture.file && code.startsWith('AX1'))
    return fault ? [{ picture, brokenAt: { file: fault.file, line: fault.range.startLine } }] : []
  })
  return [...drawn, ...lost]
}
