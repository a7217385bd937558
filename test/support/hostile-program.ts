// Programs that try to get out, to stay for ever or to take all memory, put together at random; the same for the same seed.
import { dice } from './mutation.ts'

type Dice = (count: number) => number

/** What a program must never get hold of; whoever holds it says so by ending with ESCAPED. */
const trophies = ['pid', 'mainModule', 'execPath', 'binding', 'dlopen', 'createContext', 'compileModule']

/** Where a walk through objects may begin. */
const roots = [
  ...['tools', 'tools.log', 'tools.log.info', 'tools.time.now', 'tools.random', 'tools.net', 'input', 'this'],
  ...['globalThis', 'import.meta', 'new Error("x")', 'Promise', 'Function', 'Reflect', 'Proxy', 'Symbol'],
  ...['tools.time.now()', 'tools.net.get("https://a.example/")', '(async () => {})()', '(function* () {})()'],
  ...[
    '(async function* () {})()',
    'import("node:fs").catch(e => e)',
    'new Proxy({}, {})',
    '[].values()',
    '/x/g',
  ],
  ...['(() => { try { null.x } catch (e) { return e } })()', 'eval("this")', 'Function("return this")()'],
]

const values = [
  ...[
    'null',
    'undefined',
    '-1',
    'NaN',
    '2 ** 53',
    '"__proto__"',
    '"constructor"',
    '""',
    '"x".repeat(5000)',
    '1n',
  ],
  ...['[]', '{}', '() => {}', 'Symbol.iterator', 'Symbol.toPrimitive', 'new Date(NaN)', 'new Uint8Array(9)'],
  ...['globalThis', '{ then(f) { f(1) } }', '{ toString() { throw 1 } }', '{ get x() { return this } }'],
  ...[
    '{ __proto__: null }',
    '{ valueOf() { return {} } }',
    '{ reference: true, copy: true }',
    'Object.prototype',
  ],
]

/** Statements that never end or take all there is. */
const bombs = [
  ...['for (;;);', 'for (;;) await null;', 'await new Promise(() => {});', 'let s = "x"; for (;;) s += s;'],
  ...['const a = []; for (;;) a.push(a.slice());', '(function f() { try { f() } finally { f() } })();'],
  ...[
    'for (;;) try { for (;;); } catch {} finally { continue }',
    'const f = () => Promise.resolve().then(f); f();',
  ],
  ...['/^(a+)+$/.test("a".repeat(50) + "!");', 'new Array(1e9).fill(0);', 'let b = 3n; for (;;) b *= b;'],
  ...['for (;;) tools.log.info("x");', 'for (;;) await tools.time.now().catch(() => {});'],
  ...[
    'throw { get message() { for (;;); } };',
    'return { toJSON() { for (;;); } };',
    'JSON.parse("[".repeat(1e6));',
  ],
  ...['return { then() { for (;;); } };', 'const m = new Map(); for (let i = 0; ; i++) m.set(i, [i]);'],
]

const names = [
  ...[
    'Promise.prototype.then',
    'Promise.prototype.constructor',
    'JSON.stringify',
    'JSON.parse',
    'Error.prototype.message',
  ],
  ...['Object.prototype.toJSON', 'Object.prototype.value', 'Object.prototype.error', 'Object.prototype.then'],
  ...[
    'Object.prototype.copy',
    'Object.prototype.reference',
    'Object.prototype.get',
    'Array.prototype.length',
  ],
  ...['String.prototype.slice', 'Function.prototype.call', 'Function.prototype.apply', 'Array.prototype[0]'],
  ...['Array.prototype[Symbol.iterator]', 'Object.prototype[Symbol.toPrimitive]', 'Error.prepareStackTrace'],
  ...[
    'Error.captureStackTrace',
    'Object.freeze',
    'Reflect.apply',
    'Promise[Symbol.species]',
    'RegExp.prototype.exec',
  ],
]

/** One action’s text. */
export function hostileProgram(seed: number): string {
  const roll = dice(seed)
  const body = Array.from({ length: 1 + roll(6) }, () => statement(roll, 2)).join('\n')
  const isAtTop = roll(4) === 0 ? patch(roll) : ''
  return `import { action } from '#pack'
const won = ${JSON.stringify(trophies)}
const seen = new Set()
function look(x) {
  if (x === null || (typeof x !== 'object' && typeof x !== 'function') || seen.has(x)) return x
  seen.add(x)
  for (const name of won) if (name in x) throw new Error('ESCAPED ' + name)
  return x
}
function walk(x, steps) {
  for (const step of steps) {
    try {
      look(x)
      const keys = Reflect.ownKeys(Object(x))
      if (step % 7 === 0) x = Object.getPrototypeOf(x)
      else if (step % 7 === 1) x = x.constructor
      else if (step % 7 === 2) x = x('return this')
      else if (step % 7 === 3) x = Reflect.construct(x, ['return typeof process'])
      else if (step % 7 === 4) x = x()
      else x = x[keys[step % keys.length]]
    } catch (error) {
      if (String(error?.message).startsWith('ESCAPED')) throw error
      x = error
    }
  }
  return look(x)
}
${isAtTop}
export default action('x', async function (input, tools) {
${body}
return { ended: true }
})
`
}

function statement(roll: Dice, depth: number): string {
  switch (roll(12)) {
    case 0:
      return roll(3) === 0 ? pick(roll, bombs) : patch(roll)
    case 1:
    case 2:
    case 3:
      return `walk(${pick(roll, roots)}, [${Array.from({ length: 2 + roll(8) }, () => roll(60)).join()}])`
    case 4:
      return `walk(await ${pick(roll, roots)}, [${Array.from({ length: 2 + roll(8) }, () => roll(60)).join()}])`
    case 5:
      return patch(roll)
    case 6:
      return `try { await tools.net.get(${pick(roll, values)}, ${pick(roll, values)}) } catch (error) { look(error) }`
    case 7:
      return `try { tools.log.info(${pick(roll, values)}, ${pick(roll, values)}) } catch (error) { look(error) }`
    case 8:
      return roll(4) === 0
        ? `(await import('node:fs')).writeFileSync('/tmp/axle-canary', 'x')`
        : `look(await tools.time.now(${pick(roll, values)}))`
    case 9:
      return depth > 0
        ? `try { ${statement(roll, depth - 1)} } catch (error) { ${statement(roll, depth - 1)}; throw error }`
        : ''
    case 10:
      return depth > 0 ? `void (async () => { ${statement(roll, depth - 1)} })().catch(() => {})` : ''
    default:
      return `if (${roll(3)} === 0) return ${pick(roll, values)}`
  }
}

function patch(roll: Dice): string {
  const name = pick(roll, names)
  const cut = name.endsWith(']') ? name.indexOf('[') : name.lastIndexOf('.')
  const key = name.endsWith(']') ? name.slice(cut + 1, -1) : JSON.stringify(name.slice(cut + 1))
  const given = roll(2) === 0 ? `value: ${pick(roll, values)}, writable: true` : `get() { return look(this) }`
  return `try { Object.defineProperty(${name.slice(0, cut)}, ${key}, { ${given}, configurable: true }) } catch {}`
}

function pick(roll: Dice, list: readonly string[]): string {
  return list[roll(list.length)]!
}
