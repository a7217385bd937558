import { action } from '#pack'

export default action('erp.退款', async ({ 单号, 金额 }, { key, net, secret, log }) => {
  const body = { order: 单号, fen: 金额.fen, key }
  const reply = await net.post('https://erp.example.com/refunds', body, { bearer: secret.ERP_TOKEN })
  log.info('refund', { status: reply.status })
  return reply.status === 201 ? { 结果: '成功', 流水: reply.json.id } : { 结果: '失败', 流水: '' }
})
