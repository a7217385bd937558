// expect: INERT {"ran":true}
export default {
  then() {
    throw new Error('asked')
  },
  run: () => ({ ran: true }),
}
