// expect: REFUSE source | thrown
const fs = await import('node:fs')
export default { run: () => fs }
