import { action } from '#pack'

export default action('coupon.发放', async ({ 金额 }, { key, net, secret, log }) => {
  const reply = await net.post(
    'https://coupon.example.com/grants',
    { fen: 金额?.fen, key },
    { bearer: secret.COUPON_TOKEN },
  )
  log.info('grant', { status: reply.status })
  return reply.status === 201 ? { 结果: '成功', 券码: reply.json.code } : { 结果: '额度不足', 券码: '' }
})
