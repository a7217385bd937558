const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]/u
const joining = /[\p{M}\u200b-\u200f\ufe00-\ufe0f\ufeff]/u

/** Columns a text takes in a fixed-width font: ideographs, kana, hangul and full-width forms take two, marks none. */
export function displayWidth(text: string): number {
  let width = 0
  for (const char of text) width += char < '\u0300' ? 1 : wide.test(char) ? 2 : joining.test(char) ? 0 : 1
  return width
}
