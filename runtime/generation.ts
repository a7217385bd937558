// Loading this lets checked code that is asked often become functions of its own: the server and the command line do so.
import { allowGeneration, type MakeFunction } from '#core/expression'

/** What `new Function` makes of text that core/expression wrote; it holds names and constants as JSON only. */
export const makeFunction: MakeFunction = (parameters, body) => new Function(...parameters, body)

allowGeneration(makeFunction)
