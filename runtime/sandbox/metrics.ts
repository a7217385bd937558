/** How runs went since the process started. */
export interface SandboxMetrics {
  readonly ran: (run: {
    readonly ms: number
    readonly maxRssBytes: number
    readonly code: string | undefined
  }) => void
  /** As Prometheus reads it. */
  readonly text: () => string
  /** Of the last runs, ms; 0 before the first. */
  readonly p95Ms: () => number
}

const KEPT = 1_000

/** Counts runs and faults by code; keeps the durations of the last thousand runs for their 95th percentile. */
export function createMetrics(): SandboxMetrics {
  const faults = new Map<string, number>()
  const durations: number[] = []
  let runs = 0
  let maxRssBytes = 0
  const p95Ms = () => {
    const sorted = durations.toSorted((a, b) => a - b)
    return sorted[Math.max(0, Math.ceil(sorted.length * 0.95) - 1)] ?? 0
  }
  return {
    ran: ({ ms, maxRssBytes: rss, code }) => {
      durations[runs++ % KEPT] = ms
      maxRssBytes = Math.max(maxRssBytes, rss)
      if (code !== undefined) faults.set(code, (faults.get(code) ?? 0) + 1)
    },
    p95Ms,
    text: () =>
      [
        '# TYPE axle_action_runs_total counter',
        `axle_action_runs_total ${runs}`,
        '# TYPE axle_action_faults_total counter',
        ...[...faults].map(([code, count]) => `axle_action_faults_total{code="${code}"} ${count}`),
        '# TYPE axle_action_p95_ms gauge',
        `axle_action_p95_ms ${p95Ms()}`,
        '# TYPE axle_action_runner_rss_max_bytes gauge',
        `axle_action_runner_rss_max_bytes ${maxRssBytes}`,
        '',
      ].join('\n'),
  }
}
