import { people, peopleOf } from './people.ts'
import type { Matter, Story } from './story.ts'

const stores = [
  { key: 'S001', name: '南京西路店', 等级: 'A', 业态: '直营' },
  { key: 'S002', name: '徐家汇店', 等级: 'A', 业态: '直营' },
  { key: 'S003', name: '五角场店', 等级: 'B', 业态: '直营' },
  { key: 'S004', name: '苏州观前店', 等级: 'B', 业态: '加盟' },
  { key: 'S005', name: '杭州湖滨店', 等级: 'C', 业态: '加盟' },
] as const
const tiers = ['普通', '银卡', '普通', '金卡', '普通', 'VIP'] as const
const customers = people.map(({ key, name }, index) => ({
  key,
  data: { name, 等级: tiers[index % tiers.length]!, 积分: (index * 370) % 5_000 },
}))
const orders = customers.map(({ key: 会员 }, index) => {
  const 号 = `D2603${String(index + 1).padStart(4, '0')}`
  const 门店 = stores[index % stores.length]!.key
  return { key: 号, data: { 号, 会员, 门店, 实付: `${39 + index * 7}.90`, 件数: 1 + (index % 4) } }
})

/** What is done at each node of the complaint. */
const moves: Story['moves'] = {
  受理: {
    role: '导购',
    minutes: [2, 17],
    takes: ({ traits }, chance) => ({
      event: '转办',
      fields: {
        投诉类型: traits.kind!,
        紧急程度: traits.urgency!,
        门店: chance.pick(stores).key,
        ...(traits.wish && { 期望处理: traits.wish }),
        ...(['商品质量', '食物变质'].includes(traits.kind!) && { 照片: ['现场-1.jpg'] }),
      },
    }),
  },
  品控核查: {
    role: '品控',
    minutes: [30, 150],
    takes: (_, chance) => ({
      event: '已核查',
      fields: {
        核查结论: chance.pick([
          '冷链温度超标，已下架同批次',
          '包装破损导致受潮',
          '未发现异常，按保质期内处理',
        ]),
        批次: `B26${String(chance.between(1, 60)).padStart(3, '0')}`,
      },
    }),
  },
  店长处理: {
    role: '店长',
    minutes: [40, 190],
    takes: ({ traits }, chance) => ({
      event: '提交',
      fields: {
        方案: chance.pick(['致电道歉并退款', '换新并送优惠券', '当面说明，补差价', '道歉并赠送积分']),
        ...(traits.wish === '补偿' && { 补偿金额: String(chance.pick([80, 150, 320, 600, 1_500])) }),
      },
    }),
  },
  补偿审批: {
    role: '大区经理',
    minutes: [20, 120],
    takes: (_, chance) => ({ event: chance.pick(['同意', '同意', '同意', '驳回']), fields: {} }),
  },
  总部审批: { role: '总部', minutes: [30, 180], takes: () => ({ event: '同意', fields: {} }) },
  客户确认: {
    role: 'customer',
    minutes: [15, 300],
    takes: (_, chance) => ({ event: '评价', fields: { 满意度: chance.pick([5, 5, 4, 4, 3, 2]) } }),
  },
  归因: {
    role: '店长',
    minutes: [30, 240],
    takes: (_, chance) => ({
      event: '关闭',
      fields: { 根因: chance.pick(['物流温控', '陈列过期', '新员工培训不足', '标价签未更新', '供应商来货']) },
    }),
  },
}

const complaint = (kind: string, urgency: string, says: string, wish = ''): Matter => ({
  traits: { kind, urgency, wish },
  fields: { 描述: says, ...(['商品质量', '食物变质'].includes(kind) && { 照片: ['客户上传-1.jpg'] }) },
})

const complaints: readonly Matter[] = [
  complaint('食物变质', '红', '昨天买的面包今天就发霉了', '退款'),
  complaint('食物变质', '红', '酸奶打开有异味，孩子喝了肚子疼', '补偿'),
  complaint('商品质量', '黄', '毛巾洗一次就掉色，把衣服都染了', '补偿'),
  complaint('商品质量', '绿', '保温杯盖子漏水', '换货'),
  complaint('服务态度', '黄', '收银员说话很冲，等了二十分钟没人理', '道歉'),
  complaint('服务态度', '绿', '导购一直跟着推销，体验不好'),
  complaint('价格争议', '绿', '标价 39.9，结账收了 49.9', '退款'),
  complaint('价格争议', '黄', '会员价没有生效，多收了 30 元', '补偿'),
  complaint('其他', '绿', '停车券没有盖章，出场被收费', '补偿'),
]

/** A retail chain's complaints. */
export const retail: Story = {
  ...{ tenant: 'retail', name: '青禾零售（演示）', pack: 'retail', ticket: '客诉' },
  staff: peopleOf([
    ['chenjia', '陈佳', '导购', '客诉组', '公共池'],
    ['linyue', '林悦', '导购', '客诉组', 'VIP客服组'],
    ['qianping', '钱萍', '导购', 'VIP客服组', '公共池'],
    ['zhaomin', '赵敏', '店长'],
    ['sunlei', '孙磊', '品控'],
    ['wugang', '吴刚', '大区经理'],
    ['zhengning', '郑宁', '总部'],
    ['heyan', '何燕', '督导'],
    ['lugang', '陆刚', '维修师傅'],
    ['shenbo', '沈波', '仓库'],
    ['tangli', '唐丽', '财务'],
    ['jinxin', '金鑫', '市场', '营销组', '公共池'],
  ]),
  customers,
  records: [
    { entity: 'store', rows: stores.map(({ key, ...data }) => ({ key, data })) },
    { entity: '订单', rows: orders },
  ],
  matters: complaints,
  moves,
  perDay: [10, 10, 10],
}
