// What runs inside the isolate before and around a stranger's code; plain JavaScript as text.
import {
  MAX_BATCH_BYTES,
  MAX_CALLS,
  MAX_MESSAGE_CHARS,
  MAX_RESULT_BYTES,
  MAX_STACK_CHARS,
} from './protocol.ts'

/** `import { action } from '#pack'` gives this and nothing else can be imported. */
export const packModule = `export const action = (name, run) => ({ name, run })`

/** What allocates outside the heap limit or shares memory; nobody needs it to answer a ticket. */
const taken = [
  'WebAssembly',
  'SharedArrayBuffer',
  'Atomics',
  'WeakRef',
  'FinalizationRegistry',
  'Intl',
  'console',
]
const takenMethods = {
  ArrayBuffer: ['resize', 'transfer', 'transferToFixedLength'],
  String: ['normalize', 'localeCompare', 'toLocaleLowerCase', 'toLocaleUpperCase'],
  Number: ['toLocaleString'],
  BigInt: ['toLocaleString'],
  Date: ['toLocaleString', 'toLocaleDateString', 'toLocaleTimeString'],
}

/**
 * Gives a function \`(call) => run\`, where \`call\` is the one way out and \`run(entry, text)\` answers a run. Everything
 * is caught inside, and one JSON text leaves; what is used for it is kept from before the stranger's code could change it.
 * INVARIANT: no reference of the host is reachable from the stranger's code; it holds functions of its own realm alone.
 */
export const guestBootstrap = `
'use strict';
for (const name of ${JSON.stringify(taken)}) delete globalThis[name];
for (const [name, methods] of Object.entries(${JSON.stringify(takenMethods)}))
  for (const method of methods) delete globalThis[name].prototype[method];
{
  const Native = ArrayBuffer, construct = Reflect.construct;
  const Fixed = function ArrayBuffer(length) { return construct(Native, [length], new.target ?? Fixed); };
  Object.defineProperty(Fixed, 'prototype', { value: Native.prototype, writable: false });
  Object.defineProperty(Fixed, 'isView', { value: Native.isView });
  Object.defineProperty(Fixed, Symbol.species, { get() { return Fixed; } });
  Object.defineProperty(Native.prototype, 'constructor', { value: Fixed });
  Object.defineProperty(globalThis, 'ArrayBuffer', { value: Fixed, writable: true, configurable: true, enumerable: false });
}
Object.defineProperty(Error, 'prepareStackTrace', { value: undefined, writable: false, configurable: false });
Object.defineProperty(Error, 'stackTraceLimit', { value: 10, writable: false, configurable: false });
(call => {
  const { parse, stringify } = JSON;
  const { freeze, keys: namesOf } = Object;
  const { apply } = Reflect;
  const slice = String.prototype.slice;
  const cut = (text, length) => apply(slice, text, [0, length]);
  const plain = entries => freeze({ __proto__: null, ...entries });
  const way = { __proto__: null, arguments: { __proto__: null, copy: true }, result: { __proto__: null, promise: true, copy: true } };
  let used = 0, told = 0;
  const lines = { __proto__: null };
  const ask = async (item, name, args) => {
    if (++used > ${MAX_CALLS}) throw new Error('calls');
    const text = stringify(args);
    if (typeof text !== 'string' || text.length > ${MAX_RESULT_BYTES}) throw new Error('too-big');
    const answer = parse(await call.apply(undefined, [item, name, text], way));
    if (answer.error !== undefined) throw new Error(answer.error);
    return answer.value;
  };
  // Why made for each ticket: what one has left running must not speak for another.
  const toolsOf = (item, key, grants) => {
    const asks = (name, args) => ask(item, name, { __proto__: null, ...args });
    const quiet = level => (text, data) => {
      const line = typeof text === 'string' ? cut(text, ${MAX_MESSAGE_CHARS}) : 'log';
      if (told < ${MAX_CALLS}) lines[told++] = asks('log', { level, text: line, data }).catch(() => {});
    };
    const fetch = async args => {
      const reply = await asks('net', args);
      try { reply.json = parse(reply.text); } catch {}
      return reply;
    };
    // Why here and not where it is answered: what a name is missing from comes out as undefined, and JSON leaves that out.
    const optionsOf = options => {
      if (options === undefined) return undefined;
      if (typeof options !== 'object' || options === null) throw new Error('the options of a call are an object');
      const names = namesOf(options);
      for (let i = 0; i < names.length; i++) if (names[i] !== 'bearer') throw new Error('a call has no option ' + cut(names[i], 100) + '; it has: bearer');
      return 'bearer' in options ? { __proto__: null, bearer: { __proto__: null, secret: granted(options.bearer) } } : undefined;
    };
    const granted = bearer => {
      const wanted = typeof bearer === 'object' && bearer !== null ? bearer.secret : undefined;
      let all = '';
      for (let i = 0; i < grants.secrets.length; i++) {
        if (grants.secrets[i] === wanted) return wanted;
        all += (i > 0 ? ', ' : '') + grants.secrets[i];
      }
      throw new Error('bearer is no secret of this action; it has: ' + (all || 'none'));
    };
    const web = method => async (url, body, options) => {
      const isMisplaced = options === undefined && typeof body === 'object' && body !== null && 'bearer' in body && isSecret(body.bearer);
      if (isMisplaced) throw new Error('bearer stands in the body; the options come after it');
      return fetch({ method, url, body, options: optionsOf(options) });
    };
    // What is undefined was meant to be one.
    const isSecret = value => {
      if (value === undefined) return true;
      for (let i = 0; i < grants.secrets.length; i++) if (tools.secret[grants.secrets[i]] === value) return true;
      return false;
    };
    const tools = {
      __proto__: null, key,
      log: plain({ info: quiet('info'), warn: quiet('warn') }),
      time: plain({ now: () => asks('time') }),
      random: plain({ uuid: () => asks('random') }),
    };
    if (grants.net) tools.net = plain({ get: async (url, options) => fetch({ method: 'GET', url, options: optionsOf(options) }), post: web('POST'), put: web('PUT'), delete: web('DELETE') });
    if (grants.secrets.length > 0) {
      tools.secret = { __proto__: null };
      for (let i = 0; i < grants.secrets.length; i++) tools.secret[grants.secrets[i]] = plain({ secret: grants.secrets[i] });
      freeze(tools.secret);
    }
    if (grants.read) tools.read = path => asks('read', { path });
    if (grants.write) tools.write = (path, value) => asks('write', { path, value });
    if (grants.send) tools.send = text => asks('send', { text });
    if (grants.kv) tools.kv = plain({ get: name => asks('kv', { verb: 'get', name }), set: (name, value) => asks('kv', { verb: 'set', name, value }), delete: name => asks('kv', { verb: 'delete', name }) });
    return freeze(tools);
  };
  const said = (error, what, length) => {
    try {
      const text = typeof error === 'object' && error !== null ? error[what] : what === 'message' ? error : '';
      return typeof text === 'string' ? cut(text, length) : '';
    } catch { return ''; }
  };
  // Why waited for: what was said just before the end is to be heard, and nothing is after it.
  const heard = async () => {
    for (let line = 0; line < told; line++) await lines[line];
  };
  const once = async (entry, input, tools) => {
    try {
      const value = await entry.run(input, tools);
      const text = stringify({ __proto__: null, value });
      if (typeof text !== 'string') return '{"fault":"result"}';
      return text.length > ${MAX_RESULT_BYTES} ? '{"fault":"result","message":"too big"}' : text;
    } catch (error) {
      const message = said(error, 'message', ${MAX_MESSAGE_CHARS}) || 'thrown';
      return stringify({ __proto__: null, fault: 'thrown', message, stack: said(error, 'stack', ${MAX_STACK_CHARS}) });
    }
  };
  return async (entry, grantsText, inputsText, keysText) => {
    const grants = parse(grantsText), inputs = parse(inputsText), keys = parse(keysText);
    let all = '';
    for (let item = 0; item < keys.length; item++) {
      used = told = 0;
      const text = await once(entry, inputs[item], toolsOf(item, keys[item], grants));
      if (told > 0) await heard();
      all += item > 0 ? ',' + text : text;
      if (all.length > ${MAX_BATCH_BYTES}) return '';
    }
    return '[' + all + ']';
  };
})
`
