// expect: REFUSE thrown | deadline
throw new Error('Script execution timed out.')
export default {}
