/**
 * Which characters look like others: from confusables.txt of Unicode 15.0 (UTS #39, as ICU 72 answers it), as far as it
 * touches what names may hold. Wide, mathematical and radical forms are left to NFKC, accents to NFD; that `m` may look
 * like `rn` is left out, since the letters of code tell them apart.
 */

/** Of Greek, Cyrillic, Armenian, Cherokee, Coptic, Lisu and phonetic letters those that read as a plain letter or digit. */
const foreign: Readonly<Record<string, string>> = {
  ...{ I: 'ΙІӀⲒ', l: 'ꓲ', a: 'ɑαа', g: 'ɡց', y: 'ɣʏγуүꭚ', i: 'ɩɪͺιіӏᎥ', w: 'ɯѡԝաᴡ', u: 'ʋυսᴜꭎꭒ' },
  ...{ J: 'ͿЈᎫꓙ', A: 'ΑАᎪꓮ', B: 'ΒВᏴꓐ', E: 'ΕЕᎬꓰ', Z: 'ΖᏃꓜ', H: 'ΗНᎻⲎꓧ', K: 'ΚКᏦⲔꓗ', M: 'ΜϺМᎷⲘꓟ' },
  ...{ N: 'ΝⲚꓠ', O: 'ΟОՕⲞ〇ꓳ', P: 'ΡРᏢⲢꓑ', T: 'ΤТᎢⲦꓔ', Y: 'ΥϒУҮᎩᎽⲨꓬ', X: 'ΧХⲬꓫ', v: 'νѵᴠ' },
  ...{ o: 'οσоօᴏᴑⲟꬽ', p: 'ρϱрⲣ', F: 'Ϝꓝ', 2: 'Ϩ', c: 'ϲсᴄⲥ', j: 'ϳј', C: 'ϹСᏟⲤꓚ', S: 'ЅՏᏕᏚꓢ' },
  ...{ 3: 'ЗӠⳌ', b: 'ЬᏏ', 6: 'бᏮⳒ', r: 'гᴦⲅꭇꭈ', e: 'еҽꬲ', x: 'х', s: 'ѕ', V: 'ѴᏙꓦ', h: 'һհᏂ' },
  ...{ d: 'ԁᏧꓒ', G: 'ԌᏀᏳꓖ', q: 'ԛգզ', W: 'ԜᎳᏔꓪ', U: 'Սꓴ', n: 'ոռ', f: 'քꬵ', 9: 'Ⳋ', D: 'Ꭰꓓ' },
  ...{ R: 'ᎡᏒꓣ', 4: 'Ꮞ', L: 'ᏞⳐꓡ', z: 'ᴢ' },
}

/** Kana, radicals and strokes, each before the Chinese character it reads as. */
const chinese =
  'ノ丿ー一⺂乛⺃乚⺅亻イ亻⺉刂⺋㔾⺎兀⺏尣⺐尢⺒巳⺓幺⺔彑⺖忄⺗㣺⺘扌⺙攵⺛旡⺞歺⺠民⺡氵⺢氺⺣灬⺤爫⺦丬⺨犭⺫罒⺲罒⺭礻⺯糹⺱罓⺹耂⺺肀⺾艹⺿艹⻀艹⻁虎' +
  '⻂衤⻃覀⻄西⻅见⻈讠⻉贝⻋车⻌辶⻍辶⻏阝⻖阝⻐钅⻑長⻒镸⻓长⻔门⻘青⻙韦⻚页⻛风⻜飞⻝食⻟飠⻠饣⻢马⻤鬼⻥鱼⻨麦⻩黄⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻲亀エ工カ力タ夕ト卜ニ二ハ八ロ口'

/** Letters that a name may hold and that read as a plain letter, digit or sign. */
const odd: Readonly<Record<string, string>> = {
  ...{ l: 'Ɩǀ', 2: 'Ƨ', 3: 'ƷȜ', 5: 'Ƽ', 8: 'Ȣȣ', R: 'Ʀ', b: 'Ƅ', f: 'ſ', g: 'ƍ', i: 'ı', s: 'ƽ', x: '×' },
}

/** Names may hold both of each pair, but two names may not differ by them alone. */
const pairs =
  'O0lIl1㖈䎛㘽㦳㩁搉㫚曶㬵胶㬺幐㬻䐠㮣槩䀹鿃䀿晣䑃朦䚶訞併倂値值口囗啓啟土士塡填墫壿媯嬀帡帲戶戸晚晩朌肦朏胐朐胊朓脁朘脧朣膧杮柿榝樧溈潙研硏絕絶胼腁蒍蔿' +
  '蘷虁訮詽讆讏豜豣赿趆跥跺躗躛軿輧郎郞鎭鎮隷隸鹂鹃黑黒'

const spread = (table: Readonly<Record<string, string>>) =>
  Object.entries(table).flatMap(([plain, all]) => [...all].map(char => [char, plain] as const))
const inTwos = (text: string) =>
  Array.from({ length: text.length / 2 }, (_, at) => [text[2 * at]!, text[2 * at + 1]!] as const)

const outside: ReadonlyMap<string, string> = new Map([...spread(foreign), ...inTwos(chinese)])
const inside: ReadonlyMap<string, string> = new Map(spread(odd))
const same: ReadonlyMap<string, string> = new Map([
  ...inTwos(pairs).map(([char, other]) => [other, char] as const),
  ['I', 'l'],
])
const anyInside = new RegExp(`[${[...inside.keys()].join('')}]`, 'u')
const allSame = new RegExp(`[${[...same.keys()].join('')}]`, 'gu')
const ofNames = /^[A-Za-z0-9_\u00c0-\u024f\u3400-\u4dbf\u4e00-\u9fff]$/

/** What a character that no name may hold looks like, when that is something a name may hold. */
export function looksLike(char: string): string | undefined {
  const [base = '', ...marks] = char.normalize('NFD')
  const plain = outside.get(base) ?? base.normalize('NFKC')
  const read = (plain + marks.join('')).normalize('NFC')
  return read !== char && ofNames.test(read) ? read : undefined
}

/** The first letter of a name that reads as a plain letter, digit or sign, and as which. */
export function oddLetterOf(name: string): { at: number; char: string; like: string } | undefined {
  if (!anyInside.test(name)) return undefined
  for (const [at, char] of [...name].entries()) {
    const like = inside.get(char)
    if (like !== undefined) return { at, char, like }
  }
  return undefined
}

/** The same for names that look the same. */
export function skeletonOf(name: string): string {
  return name.replace(allSame, char => same.get(char)!)
}
