import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { routes } from '../../runtime/http/routes.ts'

const linesOf = (text: string) =>
  [...text.matchAll(/^ {2}'?([\w.\-/: \u4e00-\u9fff]+)'?:\s*'(.*)',$/gm)].map(([, key, text]) => ({
    key: key!,
    text: text!,
  }))
const pages = (language: 'zh' | 'en') => readFileSync(`studio/text/${language}.ts`, 'utf8')
/** The words of administration, of places and of talk stand in files of their own, both languages one after the other. */
const halves = ['admin', 'people', 'places', 'records', 'operations', 'talk'].map(name =>
  readFileSync(`studio/text/${name}.ts`, 'utf8').split(`export const ${name}En`),
)
const zh = linesOf([pages('zh'), ...halves.map(([first]) => first)].join('\n'))
const en = linesOf([pages('en'), ...halves.map(([, second]) => second)].join('\n'))

/** What the product calls by other names. */
const avoided =
  /工作台|任务|步骤|条目|派生|公开状态|用户|代理|受让人|队列|路由|分配|时钟|上报|旅程|派单队列|宏|网关|闸门|配额|静默|抑制|断路器|丢弃|决策表|见证|覆盖层|拆分|分账本|仪表|仿真|追踪|蓝图|插件|覆写|能力|租户|诊断|批准/

test('the pages speak of things by the product’s own names', () => {
  expect(zh.length).toBeGreaterThan(150)
  expect(zh.filter(({ text }) => avoided.test(text))).toEqual([])
})

test('both languages say the same things with the same blanks', () => {
  const blanks = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(match => match[1]).sort()
  const other = new Map(en.map(({ key, text }) => [key, text]))
  const wrong = zh.filter(({ key, text }) => blanks(text).join() !== blanks(other.get(key) ?? '').join())
  expect(wrong).toEqual([])
  expect(en.map(({ key }) => key)).toEqual(zh.map(({ key }) => key))
})

test('what administrators may change is called by words in the record of it', () => {
  const said = new Set(zh.map(({ key }) => key))
  const changing = routes.filter(({ access, method }) => access === 'admin' && method !== 'get')
  const wordless = changing.map(({ method, path }) => `${method} ${path}`)
  expect(wordless.filter(action => !said.has(`audited.${action}`))).toEqual([])
})
