import type { ReportedDiagnostic } from './report.ts'

/** Findings as SARIF 2.1.0 (OASIS), the form code hosts and review tools read. */
export function sarif(findings: readonly ReportedDiagnostic[]) {
  const rules = new Map(findings.map(({ code, slug, help }) => [code, { slug, help }]))
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'axle',
            rules: [...rules].map(([id, { slug, help }]) => ({ id, name: slug, help: { text: help } })),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: findings.map(resultOf),
      },
    ],
  }
}

function resultOf({ code, severity, file, range: { start, end }, message }: ReportedDiagnostic) {
  const region = {
    ...{ startLine: start.line, startColumn: start.column },
    ...{ endLine: end.line, endColumn: end.column },
  }
  return {
    ruleId: code,
    level: severity,
    message: { text: message },
    locations: [{ physicalLocation: { artifactLocation: { uri: encodeURI(file) }, region } }],
  }
}
