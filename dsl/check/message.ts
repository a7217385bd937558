import type { Code, TextBlueprint } from '#core/blueprint'
import type { Message, Name, TemplateCall, TemplateNode } from '#dsl/syntax'
import { inferAs, type Names } from './infer.ts'
import { checkText } from './reach.ts'
import { knownName, silent, typeNamed, type Scope } from './scope.ts'

interface Place {
  readonly scope: Scope
  readonly names: Names
}

/** The text a message has on a channel: written in place, or a template's with its arguments filled in. */
export function checkMessage(place: Place, message: Message, channel: Name): TextBlueprint {
  if (!('template' in message)) return checkText(place, message)
  const { scope } = place
  const template = scope.templates.get(message.template.text)
  if (!template) {
    scope.report(message.template, 'AX2002', { name: message.template.text })
    return []
  }
  const text = template.texts.find(each => each.channel.text === channel.text)?.text
  if (!text) scope.report(message, 'AX6009', { name: template.name.text, channel: channel.text })
  const args = argumentsOf(place, message, template)
  if (!text || !args) return []
  const own = { scope: silent(scope), names: parameterTypes(scope, template) }
  return checkText(own, text).map(part => (typeof part === 'string' ? part : filled(part, args)))
}

/** Checks a template by itself: its parameters have types, its texts name nothing else, each channel once. */
export function checkTemplate(scope: Scope, node: TemplateNode): void {
  for (const { type } of node.parameters)
    if (!typeNamed(scope, type.text)) scope.report(type, 'AX2003', { name: type.text })
  const seen = new Set<string>()
  for (const { channel, text } of node.texts) {
    knownName(scope, channel, channelsOf(scope))
    if (seen.has(channel.text)) scope.report(channel, 'AX2001', { name: channel.text })
    seen.add(channel.text)
    checkText({ scope, names: parameterTypes(scope, node) }, text)
  }
}

/** The channels a pack uses. */
export function channelsOf(scope: Scope): ReadonlySet<string> {
  return new Set(scope.enums.get('channel')?.values.map(value => value.name.text))
}

function parameterTypes(scope: Scope, { parameters }: TemplateNode): Names {
  return new Map(
    parameters.flatMap(({ name, type }) => {
      const known = typeNamed(scope, type.text)
      return known ? [[name.text, known] as const] : []
    }),
  )
}

function argumentsOf(
  place: Place,
  message: TemplateCall,
  { name, parameters }: TemplateNode,
): ReadonlyMap<string, Code> | undefined {
  if (message.args.length !== parameters.length) {
    const expected = parameters.map(parameter => parameter.name.text).join(', ')
    place.scope.report(message, 'AX3004', { name: name.text, expected })
    return undefined
  }
  const codes = parameters.map((parameter, index) => {
    const type = typeNamed(place.scope, parameter.type.text)
    return type && inferAs(place, message.args[index]!, type)?.code
  })
  if (codes.includes(undefined)) return undefined
  return new Map(parameters.map((parameter, index) => [parameter.name.text, codes[index]!]))
}

/** The code with parameters replaced by what the call gives for them. */
function filled(code: Code, args: ReadonlyMap<string, Code>): Code {
  if (code.op === 'name') return args.get(code.name) ?? code
  return code.op === 'member' ? { ...code, of: filled(code.of, args) } : code
}
