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
  return address.range() === 'unicast' || (inner !== undefined && inner.range() === 'unicast')
}

/** The IPv4 address inside a NAT64 (64:ff9b::/96) or 6to4 (2002::/16) address. */
function embedded(address: ipaddr.IPv6): ipaddr.IPv4 | undefined {
  const bytes = address.toByteArray()
  const range = address.range()
  if (range === 'rfc6052') return new ipaddr.IPv4(bytes.slice(12))
  return range === '6to4' ? new ipaddr.IPv4(bytes.slice(2, 6)) : undefined
}
