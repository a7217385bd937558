// expect: REFUSE thrown
throw new Error('x'.repeat(20_000_000))
export default {}
