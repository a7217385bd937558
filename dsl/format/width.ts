const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]/u
const emoji = /\p{Emoji_Presentation}/u
/** Each is half a flag. */
const flagHalf = /[\u{1f1e6}-\u{1f1ff}]/u
const skinTone = /[\u{1f3fb}-\u{1f3ff}]/u
const joining = /[\p{M}\u200b-\u200f\ufe00-\ufe0f\ufeff]/u
const JOINER = '\u200d'
const AS_EMOJI = '\ufe0f'

/**
 * Columns a text takes in a fixed-width font: ideographs, kana, hangul, full-width forms and emoji take two, however many
 * characters an emoji is made of; marks take none.
 */
export function displayWidth(text: string): number {
  let width = 0
  let [before, last] = ['', 0]
  for (const char of text) {
    const own = char < '\u0300' ? 1 : widthOf(char, before)
    // Why: a sign that is no emoji by itself becomes one, two columns wide.
    width += char === AS_EMOJI && last === 1 ? 1 : own
    if (own > 0) last = own
    before = char
  }
  return width
}

function widthOf(char: string, before: string): number {
  if (before === JOINER && emoji.test(char)) return 0
  if (skinTone.test(char) && before !== '') return 0
  if (flagHalf.test(char)) return 1
  if (wide.test(char) || emoji.test(char)) return 2
  return joining.test(char) ? 0 : 1
}
