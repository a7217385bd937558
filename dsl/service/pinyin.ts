import { pinyin } from 'pinyin-pro'

/** Whether what was typed may mean the word: part of it, or the beginning of its pinyin or of its initials. */
export function matches(word: string, typed: string): boolean {
  const wanted = typed.toLowerCase()
  if (wanted === '' || word.toLowerCase().includes(wanted)) return true
  if (!/^[a-z]+$/.test(wanted) || !/[\u3400-\u9fff]/.test(word)) return false
  return soundsOf(word).some(sound => sound.startsWith(wanted))
}

const known = new Map<string, readonly string[]>()
const MAX_KNOWN = 5_000

function soundsOf(word: string): readonly string[] {
  const kept = known.get(word)
  if (kept) return kept
  if (known.size >= MAX_KNOWN) known.clear()
  const sound = (pattern: 'first' | 'pinyin') =>
    pinyin(word, { pattern, toneType: 'none', separator: '', nonZh: 'consecutive' })
      .replace(/\s+/g, '')
      .toLowerCase()
  const sounds = [sound('first'), sound('pinyin')]
  known.set(word, sounds)
  return sounds
}
