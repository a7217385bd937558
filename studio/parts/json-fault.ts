/** What may come next; `item` and `field` stand right behind an opening bracket, where it may close again. */
type Wanted = 'value' | 'item' | 'name' | 'field' | 'colon' | 'next'

const SPACE = /[ \t\r\n]*/y
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y

/** Where a text stops being JSON, as an offset; undefined when all of it is. Engines say it each in their own way, or not at all. */
export function jsonFault(text: string): number | undefined {
  const open: string[] = []
  let step: Step = { at: past(SPACE, text, 0)!, wanted: 'value' }
  while (step.at < text.length) {
    const next: Step | undefined =
      step.wanted === 'next'
        ? afterValue(open, text, step.at)
        : stepOf(step.wanted, open, { text, at: step.at })
    if (!next) return step.at
    step = { ...next, at: past(SPACE, text, next.at)! }
  }
  return step.wanted === 'next' && open.length === 0 ? undefined : text.length
}

interface Step {
  readonly at: number
  readonly wanted: Wanted
}

/** Behind a value that is whole: another one, or the end of what holds it. */
function afterValue(open: string[], text: string, at: number): Step | undefined {
  const holder = open.at(-1)
  const char = text[at]
  if (holder !== undefined && char === ',') return { at: at + 1, wanted: holder === '{' ? 'name' : 'value' }
  const isOver = (holder === '{' && char === '}') || (holder === '[' && char === ']')
  return isOver ? { at: at + 1, wanted: closed(open) } : undefined
}

function stepOf(
  wanted: Exclude<Wanted, 'next'>,
  open: string[],
  { text, at }: { readonly text: string; readonly at: number },
): Step | undefined {
  const char = text[at]!
  const on = (after: Wanted): Step => ({ at: at + 1, wanted: after })
  if (wanted === 'colon') return char === ':' ? on('value') : undefined
  if ((wanted === 'field' && char === '}') || (wanted === 'item' && char === ']')) return on(closed(open))
  const isName = wanted === 'name' || wanted === 'field'
  if (!isName && (char === '{' || char === '[')) {
    open.push(char)
    return on(char === '{' ? 'field' : 'item')
  }
  const end = past(STRING, text, at) ?? (isName ? undefined : past(SCALAR, text, at))
  return end === undefined ? undefined : { at: end, wanted: isName ? 'colon' : 'next' }
}

function closed(open: string[]): Wanted {
  open.pop()
  return 'next'
}

function past(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : undefined
}
