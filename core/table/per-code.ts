import type { Blueprint, Code } from '#core/blueprint'

/** What is made of checked code, once for each blueprint, and found again. */
export function perCode<Made>(
  make: (blueprint: Blueprint, code: Code) => Made,
): (blueprint: Blueprint, code: Code) => Made {
  const made = new WeakMap<Blueprint, WeakMap<Code, Made>>()
  /** What was looked for last: whoever asks for one code mostly goes on with others of the same blueprint. */
  let last: { readonly blueprint: Blueprint; readonly codes: WeakMap<Code, Made> } | undefined
  const codesOf = (blueprint: Blueprint) => {
    let codes = made.get(blueprint)
    if (!codes) made.set(blueprint, (codes = new WeakMap()))
    last = { blueprint, codes }
    return codes
  }
  return (blueprint, code) => {
    const codes = last?.blueprint === blueprint ? last.codes : codesOf(blueprint)
    let found = codes.get(code)
    if (found === undefined) codes.set(code, (found = make(blueprint, code)))
    return found
  }
}
