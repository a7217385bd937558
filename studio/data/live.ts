/** A page nobody looks at lets go of its connection: a browser has only six to one server. */
const LET_GO_MS = 20_000

/** Calls back for every change the server tells of, and when the connection comes or goes; yields how to stop. */
export function listen(heard: {
  readonly change: (kind: 'ticket' | 'desk', id: string) => void
  readonly connected: (on: boolean) => void
}): () => void {
  let source: EventSource | undefined
  let wasLost = false
  let leaving: ReturnType<typeof setTimeout> | undefined
  const open = () => {
    source = new EventSource('/api/events')
    const tell = (event: MessageEvent<string>) => {
      const { kind, id } = JSON.parse(event.data) as { kind: 'ticket' | 'desk'; id: string }
      heard.change(kind, id)
    }
    source.addEventListener('ticket', tell)
    source.addEventListener('desk', tell)
    source.addEventListener('ready', () => {
      heard.connected(true)
      // Why: what changed while nobody listened was told to nobody.
      if (wasLost) heard.change('desk', '')
      wasLost = false
    })
    source.addEventListener('error', () => {
      wasLost = true
      heard.connected(false)
    })
  }
  const letGo = () => {
    source?.close()
    source = undefined
    wasLost = true
  }
  const turned = () => {
    clearTimeout(leaving)
    if (document.hidden) leaving = setTimeout(letGo, LET_GO_MS)
    else if (!source) open()
  }
  open()
  document.addEventListener('visibilitychange', turned)
  return () => {
    clearTimeout(leaving)
    document.removeEventListener('visibilitychange', turned)
    source?.close()
  }
}
