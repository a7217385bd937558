// A small pack for tests of installing: one role, one ticket, one setting.
/** The texts of a version; with `asksMore` its action hands a field to a host. */
export const shop = (version: number, { asksMore = false, name = 'shop' } = {}): Record<string, string> => ({
  [`${name}.axle`]: `pack ${name} "店" version ${version}
setting 上限 "上限": money in ¥0..¥500 default ¥${Math.min(version * 100, 500)}
role 店员
form 单 { 说明: text required, 金额: money }
access 单 {
  |            | 店员  | customer |
  |------------|-------|----------|
  | 说明, 金额 | write | write    |
}
${
  asksMore
    ? `action erp.查 "查库存" {
  in      说明: text
  out     结果: enum { 有, 无 }
  needs   net "erp.example.com", secret ERP_TOKEN, read 单.说明
  key     ticket.id
}
`
    : ''
}ticket 事 for 单 {
  entry workbench, chat
  start -> 审核
  clock 滞留 24h { at 100% notify admin }
  node 审核 by 店员 {
    public "正在处理" notify
    on 好 -> 完.好
    on 查 when 金额 <= 上限 -> ${asksMore ? '查询' : '完.好'}
    on 查 -> 完.好
  }
${
  asksMore
    ? `  node 查询 run erp.查(说明) {
    on 有 -> 完.好
    on 无 -> 完.好
    on fault -> 完.坏
  }
`
    : ''
}  end 完 { 好 ok${asksMore ? ', 坏 fail' : ''} }
}
`,
  ...(asksMore && {
    'actions/erp.查.ts': `import { action } from '#pack'\nexport default action('erp.查', async () => ({ 结果: '有' }))\n`,
  }),
})
