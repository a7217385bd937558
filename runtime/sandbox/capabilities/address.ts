import ipaddr from 'ipaddr.js'

/**
 * Whether an address is one of the public internet: not loopback, private, link-local, metadata, multicast or reserved,
 * also not inside IPv4-mapped, NAT64 or 6to4 IPv6.
 */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false
  const address = ipaddr.process(text)
  if (address.kind() === 'ipv4') return address.range() === 'unicast'
  const inner = embedded(address as ipaddr.IPv6)
  return isGlobalUnicast(address as ipaddr.IPv6) || (inner !== undefined && inner.range() === 'unicast')
}

/** Only 2000::/3 is handed out; `::127.0.0.1` and what nobody has assigned lie outside it. */
function isGlobalUnicast(address: ipaddr.IPv6): boolean {
  return address.range() === 'unicast' && (address.toByteArray()[0]! & 0xe0) === 0x20
}

/** The IPv4 address inside a NAT64 (64:ff9b::/96) or 6to4 (2002::/16) address. */
function embedded(address: ipaddr.IPv6): ipaddr.IPv4 | undefined {
  const bytes = address.toByteArray()
  const range = address.range()
  if (range === 'rfc6052') return new ipaddr.IPv4(bytes.slice(12))
  return range === '6to4' ? new ipaddr.IPv4(bytes.slice(2, 6)) : undefined
}
