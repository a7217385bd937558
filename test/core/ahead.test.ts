import { describe, expect, test } from 'vitest'
import { actionsAhead } from '#core/desk'
import { checkPack } from '#dsl'

const { blueprint, diagnostics } = checkPack({
  't.axle': `pack t "t" version 1
role 客服
form 单 { 现象: text, 急: bool? }
action 发信 { in 谁: text }
action 记账 { in 谁: text }
ticket 修 for 单 {
  entry workbench
  start -> 办
  clock 滞留 24h { at 100% notify admin }
  node 办 by 客服 {
    on 快 when 急 = true -> 信
    on 快 -> 完.好
    on 分 -> 并
    on 问 notify 客服
    on 好 -> 完.好
  }
  node 信 run 发信("x") { on 成功, fault -> 完.好 }
  parallel 并 join all {
    branch 甲 { node 查 by 客服 { on 过 -> done } }
    branch 乙 { node 账 run 记账("x") { on 成功, fault -> done } }
  } -> 信
  end 完 { 好 ok }
}`,
})
const ahead = (node: string, event: string) => actionsAhead(blueprint.tickets.修!, { node, event })

describe('the actions a transition may lead to', () => {
  test('stand in the node it goes to, whatever its conditions, or first in a branch', () => {
    expect(diagnostics).toEqual([])
    expect(ahead('办', '快')).toEqual(['发信'])
    expect(ahead('办', '分')).toEqual(['记账'])
  })

  test('or behind the region whose last branch it ends', () => {
    expect(ahead('查', '过')).toEqual(['发信'])
  })

  test('are none where it ends the ticket or stays', () => {
    expect([ahead('办', '好'), ahead('办', '问')]).toEqual([[], []])
  })
})
