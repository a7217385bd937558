import fc from 'fast-check'

/**
 * What is tried at random is the same in every run, so that a change is judged by what it changed. Another seed looks
 * further: `AXLE_SEED=7 npm test`, or `AXLE_SEED=random`. A property that fails prints the seed that gives it again.
 */
const asked = process.env.AXLE_SEED ?? '20261126'
if (asked !== 'random') fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(asked) })
