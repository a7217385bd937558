// expect: REFUSE deadline
export default new Proxy({}, {
  get() {
    for (;;);
  },
})
