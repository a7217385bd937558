#!/usr/bin/env node
// The `axle` command, on whatever Node is there: one that is too old hands over to the Node that comes with the package.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

const NEEDED = 24
// The clone's sources, before what was packed of them once; else the package's JavaScript, below or beside.
const places = ['./cli.ts', '../dist/runtime/cli.js', './cli.js'].map(path => new URL(path, import.meta.url))
const cli = places.find(place => existsSync(place))

if (Number(process.versions.node.split('.')[0]) >= NEEDED) await import(cli.href)
else process.exitCode = handOver()

function handOver() {
  const node = ownNode()
  if (node === undefined) {
    process.stderr.write(`Axle needs Node ${NEEDED} or later; this is ${process.versions.node}.\n`)
    return 2
  }
  const { status } = spawnSync(node, ['--no-warnings', fileURLToPath(cli), ...process.argv.slice(2)], {
    stdio: 'inherit',
  })
  return status ?? 1
}

/** The Node of the package `node`, when it was installed with this one. */
function ownNode() {
  try {
    const path = fileURLToPath(
      new URL('./bin/node', `file://${createRequire(import.meta.url).resolve('node/package.json')}`),
    )
    return existsSync(path) ? path : undefined
  } catch {
    // Why: installed without its dependencies there is none, which is said.
    return undefined
  }
}
