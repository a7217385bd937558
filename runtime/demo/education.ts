import { people, peopleOf } from './people.ts'
import type { Matter, Story } from './story.ts'

const packages = [
  [48, '9600.00'],
  [24, '5280.00'],
  [12, '2880.00'],
] as const

const contractOf = (customer: string) => `H-${customer}`
const contracts = people.map(({ key: 家长 }, index) => {
  const [总课时, 实付] = packages[index % packages.length]!
  return { key: contractOf(家长), data: { 编号: contractOf(家长), 家长, 总课时, 实付, 列表单价: '240.00' } }
})

const leaving = (原因: string, 异议: string): Matter => ({
  ...{ fields: { 原因, 异议 }, traits: {}, subjectOf: contractOf },
})

const moves: Story['moves'] = {
  核课时: {
    role: '教务',
    minutes: [30, 300],
    takes: (_, chance) => ({
      event: '核对无误',
      fields: { 已用课时: chance.between(0, 11), 物料费: String(chance.pick([0, 0, 120, 300])) },
    }),
  },
  复核: { role: '财务', minutes: [30, 240], takes: () => ({ event: '同意', fields: {} }) },
  审批: { role: '校长', minutes: [30, 240], takes: () => ({ event: '同意', fields: {} }) },
  打款: {
    role: '财务',
    minutes: [20, 200],
    takes: (_, chance) => ({ event: '已打款', fields: { 打款凭证: `T${chance.between(10_000, 99_999)}` } }),
  },
  家长确认: {
    role: 'customer',
    minutes: [30, 500],
    takes: () => ({ event: '已收到', fields: { 确认签名: '签名.png' } }),
  },
}

/** A school's refunds. */
export const education: Story = {
  ...{ tenant: 'education', name: '知行教育（演示）', pack: 'education', ticket: '退费' },
  staff: peopleOf([
    ['yutong', '于彤', '顾问', '数学组', '公共池'],
    ['jiangbo', '江波', '教务'],
    ['caomei', '曹梅', '财务'],
    ['xufeng', '许峰', '校长'],
    ['weiran', '魏然', '老师'],
  ]),
  customers: people.map(({ key, name }) => ({ key, data: { name } })),
  records: [{ entity: '合同', rows: contracts }],
  matters: [
    leaving('搬家，离校区太远', '距离'),
    leaving('孩子时间排不开', '时间'),
    leaving('试了几节觉得不适合', '效果'),
    leaving('想换便宜一些的班', '价格'),
  ],
  moves,
  perDay: [10, 10, 10],
}
