// What runs inside the isolate before and around a stranger's code; plain JavaScript as text.

/** `import { action } from '#pack'` gives this and nothing else can be imported. */
export const packModule = `export const action = (name, run) => ({ name, run })`

/**
 * Takes away what allocates outside the heap limit or shares memory, then sets up the one way out (`__call`) and the
 * runner of the entry. Everything is caught inside, and one JSON text leaves; the functions used for it are kept from
 * before the stranger's code could change them.
 */
export const guestBootstrap = `
'use strict';
for (const name of ['WebAssembly', 'SharedArrayBuffer', 'Atomics', 'WeakRef', 'FinalizationRegistry', 'Intl', 'console'])
  delete globalThis[name];
delete ArrayBuffer.prototype.resize;
delete ArrayBuffer.prototype.transfer;
delete ArrayBuffer.prototype.transferToFixedLength;
delete String.prototype.normalize;
delete String.prototype.localeCompare;
delete Error.prepareStackTrace;
Object.defineProperty(Error, 'prepareStackTrace', { value: undefined, writable: false, configurable: false });
{
  const call = globalThis.__call;
  delete globalThis.__call;
  const { parse, stringify } = JSON;
  const { freeze } = Object;
  const StringSlice = String.prototype.slice;
  const apply = Reflect.apply;
  const ask = async (name, args) => {
    const answer = parse(await call.apply(undefined, [name, stringify(args)], { arguments: { copy: true }, result: { promise: true, copy: true } }));
    if (answer.error !== undefined) throw new Error(answer.error);
    return answer.value;
  };
  const web = method => (url, body, options) => ask('net', { method, url, body, options });
  const capabilities = key => freeze({
    key,
    net: freeze({ get: (url, options) => ask('net', { method: 'GET', url, options }), post: web('POST'), put: web('PUT'), delete: web('DELETE') }),
    secret: new Proxy({}, { get: (_, name) => typeof name === 'string' ? freeze({ secret: name }) : undefined }),
    log: freeze({ info: (text, data) => { void ask('log', { level: 'info', text, data }).catch(() => {}) }, warn: (text, data) => { void ask('log', { level: 'warn', text, data }).catch(() => {}) } }),
    time: freeze({ now: () => ask('time', {}) }),
    random: freeze({ uuid: () => ask('random', {}) }),
  });
  const words = error => {
    try {
      const message = typeof error === 'object' && error !== null ? error.message : error;
      return typeof message === 'string' ? apply(StringSlice, message, [0, 2000]) : 'thrown';
    } catch { return 'thrown'; }
  };
  Object.defineProperty(globalThis, '__run', {
    value: async (entry, input, key) => {
      try {
        const value = await entry.run(parse(input), capabilities(key));
        const text = stringify({ ok: true, value });
        return typeof text === 'string' ? text : '{"ok":false,"message":"no result"}';
      } catch (error) {
        return stringify({ ok: false, message: words(error) });
      }
    },
  });
}
`
