// From glyphs at places on a page back to paragraphs that can be set in big type.
// A PDF knows no paragraphs; the rules below are those by which Chinese reports are set:
// a paragraph starts indented by two characters and ends with a line that is not full.

import type { BlockList, Cell } from '../model'
import { customaryLevel } from '../outline'
import { withoutRadicals } from './radicals'

/** The parts of pdf.js's text items used here; marked-content items have no `str`. */
export interface TextItem {
  str: string
  transform: number[]
  width: number
  height: number
}

interface Segment {
  text: string
  left: number
  right: number
}

export interface Line {
  /** Parts of the line apart from each other by a wide gap: the cells of a table, often. */
  segments: Segment[]
  text: string
  left: number
  right: number
  /** Baseline, from the top of the page. */
  y: number
  size: number
}

export interface PageText {
  width: number
  height: number
  lines: Line[]
  characters: number
}

/** A gap this many characters wide is a column's edge rather than a word space. */
const COLUMN_GAP = 1.6
/** Lines this close to an edge of the page may be its header or number. */
const MARGIN_SHARE = 0.12
const PAGE_NUMBER = /^[\s\-—–―─·.]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/／,，]?\s*共?\s*\d{1,4}\s*页?)?[\s\-—–―─·.]*$/
const SENTENCE_END = /[。！？…”』】）)：；;.!?]$/
const WIDE = /[\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\u3000-\u303f“”‘’—…]/

export function readLines(items: readonly unknown[], page: { width: number; height: number }): PageText {
  const lines: Line[] = []
  let characters = 0
  for (const item of items as Partial<TextItem>[]) {
    if (typeof item.str !== 'string' || !item.transform || item.str.trim() === '') continue
    const [, , skew = 0, scale = 0, left = 0, bottom = 0] = item.transform
    const size = Math.hypot(skew, scale) || item.height || 1
    // Text set upright along the margin, or a slanted watermark.
    if (Math.abs(skew) > Math.abs(scale) * 0.2) continue
    const text = withoutRadicals(item.str).replace(/\u0000/g, '')
    characters += text.trim().length
    place(lines, { text, left, right: left + (item.width ?? 0) }, page.height - bottom, size)
  }
  for (const line of lines) finish(line)
  lines.sort((a, b) => a.y - b.y || a.left - b.left)
  return { width: page.width, height: page.height, lines, characters }
}

function place(lines: Line[], segment: Segment, y: number, size: number): void {
  // Items of one line come close together; looking far back would be quadratic.
  for (let at = lines.length - 1; at >= 0 && at >= lines.length - 40; at -= 1) {
    const line = lines[at]!
    if (Math.abs(line.y - y) < Math.min(line.size, size) * 0.4) {
      line.segments.push(segment)
      line.size = Math.max(line.size, size)
      return
    }
  }
  lines.push({ segments: [segment], text: '', left: 0, right: 0, y, size })
}

/** Set Chinese has no word spaces; a gap of nearly a character was typed, as between office and name. */
function blank(before: string, after: string, gap: number): string {
  const wide = WIDE.test(before.slice(-1)) || WIDE.test(after[0] ?? '')
  if (wide) return gap > 0.7 ? '\u3000' : ''
  return gap > 0.18 ? ' ' : ''
}

/** Joins the pieces of a line; what stays apart are columns. */
function finish(line: Line): void {
  const sorted = [...line.segments].sort((a, b) => a.left - b.left)
  const joined: Segment[] = []
  for (const piece of sorted) {
    const last = joined[joined.length - 1]
    const gap = last ? piece.left - last.right : Infinity
    if (last && gap < line.size * COLUMN_GAP) {
      last.text += blank(last.text, piece.text, gap / line.size) + piece.text
      last.right = Math.max(last.right, piece.right)
    } else {
      joined.push({ ...piece })
    }
  }
  for (const segment of joined) segment.text = segment.text.replace(/^[\s\u3000]+|[\s\u3000]+$/g, '')
  line.segments = joined.filter((segment) => segment.text !== '')
  line.text = line.segments.map((segment) => segment.text).join('\u3000')
  line.left = joined[0]?.left ?? 0
  line.right = joined[joined.length - 1]?.right ?? 0
}

export function reflow(pages: readonly PageText[], list: BlockList): void {
  const repeated = repeatedLines(pages)
  const body = bodySize(pages)
  const open = new Paragraphs(list, body)
  pages.forEach((page, at) => {
    const lines = page.lines.filter((line) => line.text !== '' && !isFurniture(line, page, repeated))
    open.startPage(at + 1, lines)
    let row = 0
    while (row < lines.length) {
      const end = tableEnd(lines, row)
      if (end - row >= 2) open.table(lines.slice(row, end))
      else open.line(lines[row]!)
      row = Math.max(end, row + 1)
    }
  })
  open.end()
}

function marginal(line: Line, page: PageText): boolean {
  return line.y < page.height * MARGIN_SHARE || line.y > page.height * (1 - MARGIN_SHARE)
}

function isFurniture(line: Line, page: PageText, repeated: ReadonlySet<string>): boolean {
  return marginal(line, page) && (PAGE_NUMBER.test(line.text) || repeated.has(line.text))
}

/** Running headers: the same words in the margin of at least half of three or more pages. */
function repeatedLines(pages: readonly PageText[]): Set<string> {
  const seen = new Map<string, number>()
  for (const page of pages) {
    for (const text of new Set(page.lines.filter((line) => marginal(line, page)).map((line) => line.text))) {
      seen.set(text, (seen.get(text) ?? 0) + 1)
    }
  }
  const enough = Math.max(3, pages.length / 2)
  return new Set([...seen].filter(([, count]) => count >= enough).map(([text]) => text))
}

/** The size in which most characters are set. */
function bodySize(pages: readonly PageText[]): number {
  const counts = new Map<number, number>()
  for (const page of pages) {
    for (const line of page.lines) {
      const size = Math.round(line.size * 2) / 2
      counts.set(size, (counts.get(size) ?? 0) + line.text.length)
    }
  }
  let best = 12
  let most = 0
  for (const [size, count] of counts) if (count > most) [best, most] = [size, count]
  return best
}

/** Lines that follow each other with the same number of columns are rows of a table. */
function tableEnd(lines: readonly Line[], from: number): number {
  const columns = lines[from]!.segments.length
  let end = from
  while (columns >= 2 && end < lines.length && lines[end]!.segments.length === columns) {
    if (end > from && lines[end]!.y - lines[end - 1]!.y > lines[end]!.size * 4) break
    end += 1
  }
  return end
}

type Align = 'center' | 'right' | undefined

class Paragraphs {
  private text = ''
  private align: Align
  private last: Line | null = null
  private heading = false
  private left = 0
  private right = 0
  private mark: number | null = null

  constructor(
    private readonly list: BlockList,
    private readonly body: number,
  ) {}

  startPage(page: number, lines: readonly Line[]): void {
    // The first page is where reading starts anyway.
    if (page > 1) this.mark = page
    const wide = lines.filter((line) => line.segments.length === 1 && line.size < this.body * 1.1)
    const edge = wide.length > 0 ? wide : lines
    this.left = Math.min(...edge.map((line) => line.left))
    this.right = Math.max(...edge.map((line) => line.right))
    // A page's first line follows on from the last of the page before.
    if (this.last) this.last = { ...this.last, y: -Infinity }
  }

  line(line: Line): void {
    const heading = this.isHeading(line)
    const align = this.alignment(line)
    if (this.text !== '' && this.starts(line, heading, align)) this.end()
    // A mark inside a paragraph would tear the sentence: it waits for the next one.
    if (this.text === '') this.pageMark()
    // The first line of centred text may be full and so look like any other.
    this.align = align ?? this.align
    this.text = glue(this.text, line.text)
    this.heading = heading
    this.last = line
  }

  table(rows: readonly Line[]): void {
    this.end()
    this.pageMark()
    const cell = (segment: Segment): Cell => ({
      blocks: [{ type: 'paragraph', runs: [{ text: segment.text }] }],
      colSpan: 1,
      rowSpan: 1,
    })
    const columns = rows[0]!.segments.length
    this.list.push({
      type: 'table',
      columns,
      headerRows: 1,
      rows: rows.map((row) => row.segments.map(cell)),
    })
  }

  end(): void {
    const text = this.text.trim()
    if (text !== '') {
      const runs = [{ text }]
      const level = customaryLevel(text)
      if (this.heading) this.list.push({ type: 'heading', level: level || 1, number: '', runs })
      else this.list.push({ type: 'paragraph', runs, align: this.align })
    }
    this.text = ''
    this.align = undefined
    this.last = null
    this.heading = false
  }

  private pageMark(): void {
    if (this.mark !== null) this.list.push({ type: 'page', page: this.mark })
    this.mark = null
  }

  private isHeading(line: Line): boolean {
    if (line.segments.length > 1 || line.text.length > 60) return false
    return line.size >= this.body * 1.15 || customaryLevel(line.text) > 0
  }

  /** Titles and captions stand in the middle, the closing date at the right. */
  private alignment(line: Line): Align {
    if (line.segments.length > 1 || line.left < this.left + line.size * 2.5) return undefined
    if (Math.abs(line.left + line.right - this.left - this.right) < line.size * 1.2) return 'center'
    return line.right > this.right - line.size * 3 && line.left > (this.left + this.right) / 2 ? 'right' : undefined
  }

  private starts(line: Line, heading: boolean, align: Align): boolean {
    const last = this.last
    if (!last) return false
    if (heading !== this.heading) return true
    // A title of several lines is set in the same large type, close together.
    if (heading) {
      const apart = last.y === -Infinity || line.y - last.y > line.size * 2.2
      return apart || Math.abs(line.size - last.size) > 1 || line.size < this.body * 1.15
    }
    const indented = line.left > this.left + line.size * 1.2
    const short = last.right < this.right - last.size * 1.6
    const gap = last.y !== -Infinity && line.y - last.y > Math.max(last.size, line.size) * 2.6
    if (gap || line.segments.length > 1 || last.segments.length > 1) return true
    if (align === 'center' && !short && !SENTENCE_END.test(last.text)) return false
    if (indented) return true
    return short && (SENTENCE_END.test(last.text) || last.right < this.right - last.size * 4)
  }
}

/** Chinese lines join without a space; Latin ones need one, unless a word was divided. */
function glue(before: string, after: string): string {
  if (before === '') return after
  if (/[a-z]-$/.test(before) && /^[a-z]/.test(after)) return before.slice(0, -1) + after
  return WIDE.test(before.slice(-1)) || WIDE.test(after[0] ?? '') ? before + after : `${before} ${after}`
}
