import { MAX_DEPTH } from '../protocol.ts'

const control = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g

/** A text with nothing hidden in it: control and direction characters as `\u001b`, half surrogates replaced. */
export function visible(text: string): string {
  return text
    .toWellFormed()
    .replace(control, hidden => `\\u${hidden.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** Whether JSON is nested no deeper than MAX_DEPTH; judged on the text, before anything is parsed. */
export function isShallow(json: string): boolean {
  return depthOf(json) <= MAX_DEPTH
}

/** Whether JSON may be kept too: without NUL and half surrogates, which the database refuses. */
export function isKeepable(json: string): boolean {
  return json.isWellFormed() && !/\\u(0000|d[89a-f][0-9a-f]{2})/i.test(json) && isShallow(json)
}

function depthOf(json: string): number {
  let depth = 0
  let deepest = 0
  let quoted = false
  for (let at = 0; at < json.length; at++) {
    const code = json.charCodeAt(at)
    if (quoted) {
      if (code === 92) at++
      else if (code === 34) quoted = false
    } else if (code === 34) quoted = true
    else if (code === 91 || code === 123) deepest = Math.max(deepest, ++depth)
    else if (code === 93 || code === 125) depth--
  }
  return deepest
}
