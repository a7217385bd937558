import { action } from '#pack'

export default action('esign.发起', async ({ 家长, 课时, 实付 }, { key, net, secret, log }) => {
  const contract = { signer: 家长, hours: 课时, amount: 实付, key }
  const reply = await net.post('https://esign.example.com/contracts', contract, { bearer: secret.ESIGN_TOKEN })
  log.info('contract', { status: reply.status })
  return reply.status === 201 ? { 结果: '成功', 合同号: reply.json.number } : { 结果: '失败', 合同号: '' }
})
