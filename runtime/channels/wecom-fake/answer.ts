/** The body of an answer: errcode 0 or the fault's. */
export type Answer = { readonly errcode: number; readonly errmsg: string; readonly [field: string]: unknown }

/** The body of a request after JSON. */
export type Fields = Readonly<Record<string, unknown>>

/** A call that did what it was asked. */
export function done(fields: Fields = {}): Answer {
  return { errcode: 0, errmsg: 'ok', ...fields }
}

/** A call refused with one of WeCom's documented codes. */
export function fault(errcode: keyof typeof meanings): Answer {
  return { errcode, errmsg: meanings[errcode] }
}

const meanings = {
  40001: 'invalid credential',
  40003: 'invalid userid',
  40008: 'invalid message type',
  40013: 'invalid corpid',
  40014: 'invalid access_token',
  40056: 'invalid agentid',
  40058: 'invalid argument',
  40096: 'invalid external userid',
  41001: 'access_token missing',
  41011: 'missing agentid',
  42001: 'access_token expired',
  41048: 'no customer to send',
  44004: 'empty content',
  45002: 'content size out of limit',
  45009: 'api freq out of limit',
  47001: 'data format error',
  48002: 'api forbidden',
  60011: 'no privilege to access/modify contact/party/agent',
  60020: 'not allow to access from your ip',
  81013: 'all touser & toparty & totag invalid',
  95000: 'invalid open_kfid',
  95001: 'kf send_msg count limit',
  95002: 'kf send_msg time limit',
  95007: 'invalid msg token',
  301002: 'not allow operate another agent with this accesstoken',
}
