// expect: REFUSE import
import ivm from 'isolated-vm'
export default { run: () => new ivm.Isolate() }
