import { Problem } from './problem.ts'

/** A workbook of Excel or WPS is a ZIP archive; the older ones begin otherwise. */
const workbooks = [
  [0x50, 0x4b, 0x03, 0x04],
  [0xd0, 0xcf, 0x11, 0xe0],
]

/**
 * The text of a file of comma-separated values, in UTF-8, in UTF-16 as Excel writes “Unicode text”, or in GB 18030 as Chinese
 * spreadsheets save CSV. Throws Problem where it is none of these, or a workbook.
 */
export function sheetText(bytes: Uint8Array): string {
  if (workbooks.some(magic => magic.every((byte, at) => bytes[at] === byte)))
    throw new Problem('sheet-is-workbook', 422)
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe
  const text = decode(bytes, isUtf16 ? 'utf-16le' : 'utf-8') ?? decode(bytes, 'gb18030')
  if (text === undefined || text.includes('\0')) throw new Problem('sheet-unreadable', 422)
  return text
}

function decode(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch (error) {
    if (error instanceof TypeError) return undefined
    throw error
  }
}
