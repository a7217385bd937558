import { action } from '#pack'

export default action('erp.预留备件', async ({ 设备, 仓, 用料 }, { key, net, secret, log }) => {
  const lines = (用料 ?? []).map(({ 件, 数量 }) => ({ part: 件, quantity: 数量 }))
  const body = { key, asset: 设备, warehouse: 仓, lines }
  const reply = await net.post('https://erp.example.com/reservations', body, { bearer: secret.ERP_TOKEN })
  log.info('reserve', { status: reply.status, lines: lines.length })
  return reply.status === 201 ? { 结果: '已预留', 预留号: reply.json.id } : { 结果: '缺货', 预留号: '' }
})
