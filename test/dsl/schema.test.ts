import { readdirSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { checkPack } from '#dsl'
import { blueprintSchema } from '../../runtime/commands/gen-schema.ts'
import { readPack } from '../../runtime/commands/source.ts'

const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true })
const validate = ajv.compile(blueprintSchema())
const folders = ['plugins', 'examples'].flatMap(parent =>
  readdirSync(parent, { withFileTypes: true }).flatMap(entry =>
    entry.isDirectory() ? [`${parent}/${entry.name}`] : [],
  ),
)
const compiled = async (folder: string) =>
  JSON.parse(JSON.stringify(checkPack(await readPack(folder)).blueprint)) as Record<string, any>

describe('the JSON Schema of blueprints', () => {
  test.each(folders)('holds for %s', async folder => {
    expect(validate(await compiled(folder)) ? [] : validate.errors).toEqual([])
  })

  test('refuses another format, an unknown name, a missing one and code of another shape', async () => {
    const whole = await compiled('plugins/manufacturing')
    const changed = (change: (blueprint: any) => void) => {
      const copy = structuredClone(whole)
      change(copy)
      return validate(copy)
    }
    expect(changed(() => {})).toBe(true)
    expect(changed(blueprint => (blueprint.formatVersion = 2))).toBe(false)
    expect(changed(blueprint => (blueprint.extra = {}))).toBe(false)
    expect(changed(blueprint => delete blueprint.pack.currency)).toBe(false)
    expect(changed(blueprint => (blueprint.settlements.人工分账.base.op = 'eval'))).toBe(false)
  })
})
