// expect: REFUSE import
import manifest from './package.json' with { type: 'json' }
export default { run: () => manifest }
