// expect: INERT {"lines":true}
import { action } from '#pack'
try {
  Error.stackTraceLimit = Infinity
} catch {}
export default action('x', () => {
  const deep = (n: number): string => (n === 0 ? new Error('x').stack! : deep(n - 1))
  return { lines: deep(5000).split('\n').length < 20 }
})
