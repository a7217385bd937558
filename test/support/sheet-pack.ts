import type { Blueprint } from '#core/blueprint'
import { compilePack } from '../../runtime/packs/index.ts'

/** A pack with records to keep: shops, and their devices. */
export const sheetPack = {
  'files.axle': `pack files "档案" version 1
role 店员
enum 等级 { A "旗舰", B "普通" }
entity 门店档 "门店档案" { 编号: text key, 店名: text, 等级: 等级?, 营业: bool?, 面积: decimal?, 开业: date?, 地区: region? }
entity 设备 "设备" { 码: text key, 门店: 门店档, 会员: customer? }
form 报修单 for 设备 { 说明: text required }
access 报修单 {
  |      | 店员  | customer |
  |------|-------|----------|
  | 说明 | write | write    |
}
ticket 报修 for 报修单 {
  entry workbench, chat
  start -> 处理
  clock 滞留 24h { at 100% notify admin }
  node 处理 by 店员 {
    on 完成 -> 完.好
  }
  end 完 { 好 ok }
}
`,
} as const

export function blueprintOf(): Blueprint {
  const { checked } = compilePack(sheetPack)
  const errors = checked.diagnostics.map(({ code, params }) => `${code} ${JSON.stringify(params)}`)
  if (errors.length > 0) throw new Error(errors.join('\n'))
  return checked.blueprint
}
