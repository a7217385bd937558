// expect: INERT {"tools":["key","log","time","random","net"]}
import { action } from '#pack'
export default action('x', (_, tools: any) => ({ tools: Reflect.ownKeys(tools) }))
