/** Calls back for every change the server tells of, and when the connection comes or goes; yields how to stop. */
export function listen(heard: {
  readonly change: (kind: 'ticket' | 'desk', id: string) => void
  readonly connected: (on: boolean) => void
}): () => void {
  const source = new EventSource('/api/events')
  let wasLost = false
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
  return () => source.close()
}
