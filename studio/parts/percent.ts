/** Decimal text of a share ("0.125") as people write it: `12.5%`. */
export function percentText(share: string): string {
  return /^-?\d+(\.\d+)?$/.test(share) ? `${shift(share, 2)}%` : share
}

/** `12.5%` as decimal text ("0.125"), exactly; what is no percent stays as it was typed, so that the API says why. */
export function readPercent(text: string): string {
  const [, digits] = /^(-?\d+(?:\.\d+)?)\s*[%％]$/.exec(text) ?? []
  return digits === undefined ? text : shift(digits, -2)
}

/** Moves the decimal point to the right; no digit is lost and no zero stays that says nothing. */
function shift(number: string, places: number): string {
  const sign = number.startsWith('-') ? '-' : ''
  const [whole = '', rest = ''] = number.slice(sign.length).split('.')
  const digits = `${'0'.repeat(Math.max(0, -places))}${whole}${rest}${'0'.repeat(Math.max(0, places))}`
  const point = Math.max(0, -places) + whole.length + places
  const [before, after] = [
    digits.slice(0, point).replace(/^0+(?=\d)/, ''),
    digits.slice(point).replace(/0+$/, ''),
  ]
  return `${sign}${before === '' ? '0' : before}${after === '' ? '' : `.${after}`}`
}
