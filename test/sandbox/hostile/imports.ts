// expect: REFUSE import
import { readFileSync } from 'node:fs'
export default { run: () => readFileSync('/etc/passwd', 'utf8') }
