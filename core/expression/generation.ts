import type { Code } from '#core/blueprint'
import { compileCode, type Compiled, type TableCall } from './compile.ts'
import { generateCode, type MakeFunction } from './generate.ts'

/** Code that was asked so often is worth a function of its own, which takes longer to make than a closure. */
const OFTEN = 100

let makeFunction: MakeFunction | undefined

/** Lets code that is asked often become functions of its own. The server's start says so; a browser's policy forbids it. */
export function allowGeneration(make: MakeFunction): void {
  makeFunction = make
}

/** Code as it is evaluated best: a closure, and once it was asked often a function of its own where the host allows it. */
export function compileAsAsked(code: Code, callTable: TableCall): Compiled {
  let run = compileCode(code, callTable)
  if (!makeFunction) return run
  let asked = 0
  return facts => {
    if (asked <= OFTEN && asked++ === OFTEN) run = generateCode(code, callTable, makeFunction!)
    return run(facts)
  }
}
