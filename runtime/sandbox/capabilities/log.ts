import { Type } from 'typebox'
import { MAX_MESSAGE_CHARS } from '../protocol.ts'
import { capability } from './capability.ts'
import { isKeepable, visible } from './text.ts'

export interface LogLine {
  readonly level: 'info' | 'warn'
  readonly text: string
  readonly data: unknown
}

/** `log.info('grant', { status })`. Characters that would move a terminal's cursor are shown as what they are. */
export const log = capability(
  Type.Object({
    level: Type.Union([Type.Literal('info'), Type.Literal('warn')]),
    text: Type.String(),
    data: Type.Optional(Type.Unknown()),
  }),
  ({ log }, { level, text, data = null }) => {
    const said = visible(text.slice(0, MAX_MESSAGE_CHARS))
    log?.({ level, text: said, data: isKeepable(JSON.stringify(data)) ? data : null })
    return { value: null }
  },
)
