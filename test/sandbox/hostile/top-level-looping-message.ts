// expect: REFUSE deadline
throw {
  get message() {
    for (;;);
  },
}
export default {}
