// expect: REFUSE import
import { createSandbox } from '../../runtime/sandbox/sandbox.ts'
export default { run: () => createSandbox }
