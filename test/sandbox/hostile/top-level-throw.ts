// expect: REFUSE thrown
throw new Error('\u001b[2J')
export default { run: () => ({}) }
