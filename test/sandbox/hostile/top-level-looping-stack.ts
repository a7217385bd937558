// expect: REFUSE deadline | thrown
const error = new Error('x')
for (const name of ['stack', 'name', 'message', 'cause', 'constructor'])
  Object.defineProperty(error, name, {
    get() {
      for (;;);
    },
  })
throw error
export default {}
