// What V8 made of the sources is kept beside them, which halves what a start costs. INVARIANT: the folder belongs to whoever installed
// this: cached code is run as it is found, so none is read from where others may write.
import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'

enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/axle-code', import.meta.url)))
