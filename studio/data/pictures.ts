import type { AttachmentReply } from '#core/wire'
import { post } from './api.ts'

/** Where the pictures of a page's fields are kept. */
export interface PictureShelf {
  /** Keeps a picture; yields what the field is to say. Throws ApiError. */
  readonly put: (file: Blob) => Promise<string>
  /** Where a kept picture is shown from. */
  readonly address: (id: string) => string
}

/** The longest side of a kept picture, pixels: enough to read a label by, little enough for a phone's line. */
const MAX_SIDE = 2_000
const QUALITY = 0.85
/** A picture of another kind up to so many bytes stays as it is. */
const SMALL_BYTES = 1024 * 1024

/** A shelf at an address of the API; of staff, for a ticket that is there. */
export function shelfAt(path: string, ticket: string | null = null): PictureShelf {
  const query = ticket === null ? '' : `?ticket=${encodeURIComponent(ticket)}`
  return {
    put: async file => (await post<AttachmentReply>(path + query, await shrunk(file))).id,
    address: id => `${path}/${encodeURIComponent(id)}${query}`,
  }
}

/** Whether a value of a field is a kept picture, not the name of one elsewhere. */
export function isKept(value: string): boolean {
  return /^[0-9a-f-]{36}\.(jpg|png|webp|gif)$/.test(value)
}

/** A photo no larger than it need be, and without what the camera wrote into it, such as where it was taken. */
async function shrunk(file: Blob): Promise<Blob> {
  if (file.type === 'image/gif') return file
  // Why: what no browser can read is for the API to refuse, in words.
  const image = await createImageBitmap(file).catch(() => undefined)
  if (!image) return file
  const scale = Math.min(1, MAX_SIDE / Math.max(image.width, image.height))
  if (file.type !== 'image/jpeg' && scale === 1 && file.size <= SMALL_BYTES) return file
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(image.width * scale)
  canvas.height = Math.round(image.height * scale)
  const context = canvas.getContext('2d')
  if (!context) return file
  context.fillStyle = 'white'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.drawImage(image, 0, 0, canvas.width, canvas.height)
  return new Promise(resolve => canvas.toBlob(blob => resolve(blob ?? file), 'image/jpeg', QUALITY))
}
