// expect: REFUSE import
import evil from 'data:text/javascript,export default process'
export default { run: () => evil }
