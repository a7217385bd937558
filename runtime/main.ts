// Starts the service. Why loaded here: what is loaded before the cache is there is compiled anew each time.
import './compile-cache.ts'

await import('./serve.ts')
