// expect: REFUSE source | thrown
await new Promise(() => {})
export default { run: () => ({}) }
