/** What a source may be sent, as somebody would try it. */
export interface Tried {
  /** The whole address, with the desk in it. */
  readonly url: string
  readonly source: string
  readonly says: string
  readonly data: object
}

/** A message signed and sent by hand; `secret` stands where the secret is to be put. */
export function curlExample({ url, says, data }: Tried, secret: string): string {
  return [
    `SECRET=${quoted(secret)}`,
    `BODY=${quoted(JSON.stringify({ type: says, data }))}`,
    'AT=$(date +%s); ID="try-$AT"',
    `hex() { od -An -v -tx1 | tr -d ' \\n'; }`,
    'case $SECRET in',
    '  whsec_*) KEY=$(printf %s "${SECRET#whsec_}" | base64 -d | hex) ;;',
    '  *) KEY=$(printf %s "$SECRET" | hex) ;;',
    'esac',
    'SIGNATURE=$(printf %s "$ID.$AT.$BODY" | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$KEY" -binary | base64)',
    `curl -sS ${quoted(url)} -H "webhook-id: $ID" -H "webhook-timestamp: $AT" \\`,
    '  -H "webhook-signature: v1,$SIGNATURE" -H "content-type: application/json" --data-binary "$BODY"',
  ].join('\n')
}

/** The same with the command line, in the folder of the pack. */
export function sendExample({ url, source, says, data }: Tried): string {
  const { origin, searchParams } = new URL(url)
  const about = `${quoted(source)} ${quoted(says)} ${quoted(JSON.stringify(data))}`
  return `npx axle send ${about} --url ${origin} --desk ${quoted(searchParams.get('desk') ?? '')} --secret secret.txt`
}

/** For a shell: as it is, whatever it holds. */
const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`
