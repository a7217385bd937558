import { findRegion, namedRegions, regionPath } from '#core/values'
import type { RegionReply } from '#core/wire'

let listed: readonly RegionReply[] | undefined

/** Every region that people name, with the shorter names that find it too: `杭州` beside `浙江 杭州`. */
export function regions(): readonly RegionReply[] {
  return (listed ??= namedRegions().map(code => {
    const name = regionPath(code)
    const parts = name.split(' ')
    const shorter = parts.slice(1).map((_, index) => parts.slice(index + 1).join(' '))
    return { code, name, also: shorter.filter(one => findRegion(one.replaceAll(' ', '.')) === code) }
  }))
}
