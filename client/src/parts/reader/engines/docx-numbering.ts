// Word keeps list numbers as rules, not as text. This counts them the way Word does,
// with the numerals of Chinese official documents: 一、（一）1.（1）①.

import { child, value, type Node } from './xml'

interface Level {
  format: string
  /** For example `（%2）`. */
  text: string
  start: number
  legal: boolean
}

interface List {
  abstract: string
  levels: Map<number, Level>
  restarts: Map<number, number>
}

const LEVELS = 9

export class Numbering {
  private readonly lists = new Map<string, List>()
  /** Lists made from one abstract definition go on counting together. */
  private readonly counters = new Map<string, (number | undefined)[]>()
  private readonly restarted = new Set<string>()

  constructor(root: Node | null) {
    if (!root) return
    const abstracts = new Map<string, Map<number, Level>>()
    for (const node of root.children) {
      if (node.name === 'abstractNum') abstracts.set(node.attributes['abstractNumId'] ?? '', readLevels(node))
    }
    for (const node of root.children) {
      if (node.name !== 'num') continue
      const abstract = value(node, 'abstractNumId') ?? ''
      const levels = new Map(abstracts.get(abstract) ?? [])
      const restarts = new Map<number, number>()
      for (const override of node.children.filter((each) => each.name === 'lvlOverride')) {
        const level = Number(override.attributes['ilvl'])
        const own = child(override, 'lvl')
        if (own) levels.set(level, readLevel(own))
        const start = value(override, 'startOverride')
        if (start !== undefined) restarts.set(level, Number(start))
      }
      this.lists.set(node.attributes['numId'] ?? '', { abstract, levels, restarts })
    }
  }

  /** The number of the next paragraph of a list, or null when it has none. */
  next(numId: string, level: number): string | null {
    const list = this.lists.get(numId)
    const rule = list?.levels.get(level)
    if (!list || !rule || numId === '0') return null
    const counts = this.counters.get(list.abstract) ?? new Array<number | undefined>(LEVELS).fill(undefined)
    this.counters.set(list.abstract, counts)
    const restart = list.restarts.get(level)
    const key = `${numId}/${level}`
    if (restart !== undefined && !this.restarted.has(key)) {
      this.restarted.add(key)
      counts[level] = restart
    } else {
      const before = counts[level]
      counts[level] = before === undefined ? rule.start : before + 1
    }
    for (let deeper = level + 1; deeper < LEVELS; deeper += 1) counts[deeper] = undefined
    return this.print(list, rule, counts)
  }

  private print(list: List, rule: Level, counts: (number | undefined)[]): string {
    if (rule.format === 'none') return rule.text.replace(/%\d/g, '')
    // Bullets are drawn with symbol fonts a phone lacks.
    if (rule.format === 'bullet') return '•'
    return rule.text.replace(/%([1-9])/g, (_, digit: string) => {
      const at = Number(digit) - 1
      const other = list.levels.get(at)
      const count = counts[at] ?? other?.start ?? 1
      return numeral(count, rule.legal ? 'decimal' : (other?.format ?? 'decimal'))
    })
  }
}

function readLevels(abstract: Node): Map<number, Level> {
  const levels = new Map<number, Level>()
  for (const node of abstract.children) {
    if (node.name === 'lvl') levels.set(Number(node.attributes['ilvl']), readLevel(node))
  }
  return levels
}

function readLevel(node: Node): Level {
  return {
    format: value(node, 'numFmt') ?? 'decimal',
    text: value(node, 'lvlText') ?? '',
    start: Number(value(node, 'start') ?? '1'),
    legal: child(node, 'isLgl') !== undefined,
  }
}

const DIGITS = '〇一二三四五六七八九'
const FORMAL_DIGITS = '零壹贰叁肆伍陆柒捌玖'

/** One number in one of Word's numeral formats; unknown formats fall back to figures. */
export function numeral(count: number, format: string): string {
  switch (format) {
    case 'chineseCounting':
    case 'chineseCountingThousand':
    case 'japaneseCounting':
    case 'taiwaneseCounting':
    case 'taiwaneseCountingThousand':
      return chinese(count, DIGITS.replace('〇', '零'), ['', '十', '百', '千'])
    case 'ideographDigital':
    case 'japaneseDigitalTenThousand':
    case 'taiwaneseDigital':
      return String(count).replace(/\d/g, (digit) => DIGITS[Number(digit)]!)
    case 'chineseLegalSimplified':
    case 'ideographLegalTraditional':
    case 'japaneseLegal':
      return chinese(count, FORMAL_DIGITS, ['', '拾', '佰', '仟'])
    case 'ideographTraditional':
      return '甲乙丙丁戊己庚辛壬癸'[count - 1] ?? String(count)
    case 'ideographZodiac':
      return '子丑寅卯辰巳午未申酉戌亥'[count - 1] ?? String(count)
    case 'decimalEnclosedCircle':
    case 'decimalEnclosedCircleChinese':
      return count >= 1 && count <= 20 ? String.fromCharCode(0x2460 + count - 1) : String(count)
    case 'ideographEnclosedCircle':
      return count >= 1 && count <= 10 ? String.fromCharCode(0x3280 + count - 1) : String(count)
    case 'decimalZero':
      return count < 10 ? `0${count}` : String(count)
    case 'decimalFullWidth':
    case 'decimalFullWidth2':
      return String(count).replace(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit)))
    case 'lowerLetter':
      return letter(count)
    case 'upperLetter':
      return letter(count).toUpperCase()
    case 'lowerRoman':
      return roman(count).toLowerCase()
    case 'upperRoman':
      return roman(count)
    default:
      return String(count)
  }
}

function chinese(count: number, digits: string, units: readonly string[]): string {
  if (count <= 0 || count > 9999) return String(count)
  let text = ''
  let gap = false
  const figures = String(count)
  for (let at = 0; at < figures.length; at += 1) {
    const digit = Number(figures[at])
    if (digit === 0) {
      gap = text !== ''
      continue
    }
    if (gap) text += digits[0]
    gap = false
    text += digits[digit]! + units[figures.length - 1 - at]!
  }
  // 十一, not 一十一; formal numerals keep the 壹.
  return count >= 10 && count < 20 && units[1] === '十' ? text.slice(1) : text
}

/** Word's letters: a … z, aa, bb. */
function letter(count: number): string {
  if (count < 1 || count > 260) return String(count)
  return String.fromCharCode(97 + ((count - 1) % 26)).repeat(Math.ceil(count / 26))
}

const ROMAN: readonly [number, string][] = [
  [1000, 'M'],
  [900, 'CM'],
  [500, 'D'],
  [400, 'CD'],
  [100, 'C'],
  [90, 'XC'],
  [50, 'L'],
  [40, 'XL'],
  [10, 'X'],
  [9, 'IX'],
  [5, 'V'],
  [4, 'IV'],
  [1, 'I'],
]

function roman(count: number): string {
  if (count < 1 || count > 3999) return String(count)
  let rest = count
  let text = ''
  for (const [worth, sign] of ROMAN) {
    while (rest >= worth) {
      text += sign
      rest -= worth
    }
  }
  return text
}
