// Starts the service: reads the environment, opens the data, serves, and stops cleanly when told to.
import { ConfigError, readConfig } from './config.ts'
import { startServer } from './server.ts'
import { DataInUseError } from './store/index.ts'

try {
  const running = await startServer(readConfig(process.env))
  console.log(`Axle is ready: ${running.url}`)
  console.log('Stop with Ctrl+C.')
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      void running.stop().then(() => process.exit(0))
    })
} catch (error) {
  if (error instanceof ConfigError || error instanceof DataInUseError) {
    console.error(error.message)
    process.exit(error instanceof ConfigError ? 2 : 3)
  }
  const { code } = error as NodeJS.ErrnoException
  if (code !== 'EADDRINUSE') throw error
  console.error('The port is in use: stop the other server, or choose another with AXLE_PORT.')
  process.exit(1)
}
