import { people, peopleOf } from './people.ts'
import type { Matter, Story } from './story.ts'

const places = [
  ['310000', 'T1'],
  ['110000', 'T1'],
  ['330100', 'T2'],
  ['410100', 'T2'],
  ['320500', 'T3'],
  ['610300', 'T4'],
] as const
const classes = ['普通', '普通', 'VIP', '大客户'] as const
const models = [
  ['KFR-35GW', '空调'],
  ['KFR-72LW', '空调'],
  ['KFR-50LW', '空调'],
  ['E-900', '智能马桶'],
  ['X-12', '整机'],
] as const
/** One of five devices is out of warranty. */
const warranties = ['2030-06-30', '2030-06-30', '2024-06-30', '2030-06-30', '2030-06-30'] as const

const deviceOf = (customer: string) => `D-${customer}`
const devices = people.map(({ key: 客户 }, index) => {
  const [region, 城市档] = places[index % places.length]!
  const [型号, 产品] = models[index % models.length]!
  const [客户类, 保修至] = [classes[index % classes.length]!, warranties[index % warranties.length]!]
  const data = { 二维码: deviceOf(客户), 型号, 产品, 客户, 客户类, region, 城市档, 保修至 }
  return { key: deviceOf(客户), data }
})

const fault = (现象: string, 优先级: string, item: string, part = ''): Matter => ({
  ...{ fields: { 现象, 优先级 }, traits: { item, part }, subjectOf: deviceOf },
})

const moves: Story['moves'] = {
  受理: {
    role: '客服',
    minutes: [2, 16],
    takes: (_, chance) => ({ event: chance.pick(['需上门', '需上门', '需上门', '远程可解']), fields: {} }),
  },
  远程指导: {
    role: '技术',
    minutes: [20, 140],
    takes: (_, chance) => {
      const solved = chance.pick([true, true, false])
      return { event: solved ? '已解决' : '未解决', fields: solved ? { 远程结论: '断电重启后恢复' } : {} }
    },
  },
  报价: {
    role: '客服',
    minutes: [15, 90],
    takes: ({ traits }) => ({
      event: '已报价',
      fields: { 项目: traits.item!, 报价说明: '已出保，人工和备件按价目表' },
    }),
  },
  报价确认: {
    role: 'customer',
    minutes: [10, 240],
    takes: (_, chance) => ({ event: chance.pick(['同意', '同意', '同意', '不同意']), fields: {} }),
  },
  接单: { role: '工程师', minutes: [3, 40], takes: () => ({ event: '已接单', fields: {} }) },
  上门: {
    role: '工程师',
    minutes: [40, 260],
    takes: (_, __, customer) => ({ event: '到场', fields: { 签到: deviceOf(customer) } }),
  },
  维修: {
    role: '工程师',
    minutes: [30, 180],
    takes: ({ traits }, chance) => ({
      event: '完工',
      fields: {
        项目: traits.item!,
        完工照片: ['完工-1.jpg', '完工-2.jpg'],
        ...(traits.part && { 用料: [{ 件: traits.part, 数量: chance.between(1, 3) }] }),
      },
    }),
  },
  异常复核: {
    role: '服务经理',
    minutes: [20, 180],
    takes: () => ({ event: '属实', fields: { 复核意见: '已和工程师核对，照实结算' } }),
  },
  客户验收: {
    role: 'customer',
    minutes: [20, 400],
    takes: (_, chance) => ({ event: '评价', fields: { 评分: chance.pick([5, 5, 4, 4, 3, 2]) } }),
  },
  主管回访: { role: '服务经理', minutes: [30, 200], takes: () => ({ event: '已处理', fields: {} }) },
  结算: { role: '财务', minutes: [4, 25], takes: () => ({ event: '已结算', fields: {} }) },
}

/** A maker's after-sales service. */
export const manufacturing: Story = {
  ...{ tenant: 'manufacturing', name: '恒岳制造（演示）', pack: 'manufacturing', ticket: '报修' },
  staff: [
    ...peopleOf([
      ['hanxue', '韩雪', '客服', '服务中心'],
      ['fangjun', '方俊', '技术', '服务中心'],
      ['daiqing', '戴青', '服务经理'],
      ['luhong', '陆红', '财务'],
    ]),
    { login: 'wucang', name: '吴仓', roles: ['仓管', '物流'], teams: [] },
    { login: 'zhaotu', name: '赵图', roles: ['设计师', '工厂'], teams: [] },
    ...peopleOf([
      ['taohai', '陶海', '工程师', '专属通道', '整机组', '华东网点', '西北网点', '公共池'],
      ['shiyong', '石勇', '工程师', '专属通道', '南方网点', '北方网点', '公共池'],
    ]).map(person => ({ ...person, skills: ['家电', '工业整机'] })),
  ],
  customers: people.map(({ key, name }, index) => ({
    key,
    data: { name, region: places[index % places.length]![0] },
  })),
  records: [{ entity: '设备', rows: devices }],
  matters: [
    fault('空调不制冷，外机不转', '高', 'AC-R', 'P-02'),
    fault('空调漏水，滴到插座旁边', '高', 'AC-R'),
    fault('新装空调，需要安装', '中', 'AC-I', 'P-01'),
    fault('智能马桶座圈不加热', '低', 'WC-I'),
    fault('压缩机异响', '停机', 'AC-R', 'P-03'),
    fault('整机做一次年度保养', '低', 'M-01'),
  ],
  moves,
  perDay: [10, 10, 10],
}
