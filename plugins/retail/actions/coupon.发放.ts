import { action } from '#pack'

export default action('coupon.发放', async ({ 客户, 券 }, { key, net, secret, log }) => {
  const reply = await net.post('https://coupon.example.com/grants', { customer: 客户, coupon: 券, key }, { bearer: secret.COUPON_TOKEN })
  log.info('grant', { status: reply.status })
  return reply.status === 201 ? { 结果: '成功', 券码: reply.json.code } : { 结果: '失败', 券码: '' }
})
