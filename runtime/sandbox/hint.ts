/** What an action uses instead of a name that is not there. */
const instead: Readonly<Record<string, string>> = {
  ...Object.fromEntries(['fetch', 'XMLHttpRequest'].map(name => [name, 'an action calls out with `net`'])),
  console: 'an action notes things with `log`',
  process: 'what differs from desk to desk comes as an input or a `secret`',
  crypto: 'an action has `random.uuid()`',
  ...Object.fromEntries(
    ['setTimeout', 'setInterval', 'setImmediate'].map(name => [name, 'the declaration says `retry`']),
  ),
  require: 'code is brought in with `import`',
}

/** What was thrown, with what to use instead where it says that a name of browsers or Node is not defined. */
export function hinted(message: string): string {
  const [, name = ''] = /^(\w+) is not defined$/.exec(message) ?? []
  const hint = Object.hasOwn(instead, name) ? instead[name] : undefined
  return hint === undefined ? message : `${message}: ${hint}`
}
