/** A key by which a repeat of the same request is known. Why not randomUUID: plain HTTP has none. */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint32Array(4)), part => part.toString(36)).join('-')
}
