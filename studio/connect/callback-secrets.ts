const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** A token and a key as WeCom's console takes them: 32 and 43 letters and digits, from the browser's own randomness. */
export function newCallbackSecrets(): { token: string; aesKey: string } {
  return { token: letters(32), aesKey: letters(43) }
}

function letters(count: number): string {
  // Why the limit: bytes beyond the last whole multiple would favour the first letters.
  const limit = 256 - (256 % LETTERS.length)
  let text = ''
  while (text.length < count)
    for (const byte of crypto.getRandomValues(new Uint8Array(count)))
      if (byte < limit && text.length < count) text += LETTERS[byte % LETTERS.length]
  return text
}
