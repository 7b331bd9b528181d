// The neutral form every engine turns a document into, and the bounds they keep.
// Nothing in it is markup: components set text nodes and blob URLs, so a hostile
// report can at worst show odd words.

export type Kind = 'docx' | 'pdf' | 'md' | 'txt' | 'jpeg' | 'png'

export interface Run {
  text: string
  bold?: boolean
  italic?: boolean
  underline?: boolean
}

export interface Heading {
  type: 'heading'
  /** 1 is the highest. */
  level: number
  /** Number as printed, for example `一、`; empty when the writer typed it into the text. */
  number: string
  runs: Run[]
}

export interface Paragraph {
  type: 'paragraph'
  runs: Run[]
  align?: 'center' | 'right'
  /** Quoted matter and code are set apart, but stay reading text. */
  look?: 'quote' | 'code'
}

export interface Item {
  type: 'item'
  /** 0 is the outermost list. */
  depth: number
  /** Number as printed, for example `（一）`, `1.` or `•`. */
  number: string
  runs: Run[]
}

export interface Cell {
  blocks: Block[]
  colSpan: number
  rowSpan: number
}

export interface Table {
  type: 'table'
  columns: number
  /** Rows at the top that name the columns; 0 when the document does not say. */
  headerRows: number
  rows: Cell[][]
}

export interface Image {
  type: 'image'
  /** A blob URL of bytes carried in the document itself; null when it cannot be shown. */
  url: string | null
  alt: string
  /** Pixels; 0 when unknown. */
  width: number
  height: number
}

/** Where a page of the original begins. */
export interface PageMark {
  type: 'page'
  page: number
}

export type Block = Heading | Paragraph | Item | Table | Image | PageMark

export interface PageSize {
  width: number
  height: number
}

/** The pages as the author laid them out; only PDF has them. */
export interface Pages {
  count: number
  /** False for scans: there is nothing to set in big type. */
  hasText: boolean
  /** Size in points of one page, counted from 1. */
  size(page: number): Promise<PageSize>
  /** Draws one page into `canvas`, `width_px` device pixels wide; aborting `signal` stops the work. */
  draw(page: number, canvas: HTMLCanvasElement, width_px: number, signal: AbortSignal): Promise<void>
}

export interface Doc {
  blocks: Block[]
  pages?: Pages
  /** Frees blob URLs, workers and canvases; the document cannot be used afterwards. */
  close(): void
}

export type FaultReason =
  | 'damaged'
  | 'password'
  | 'too_large'
  | 'unknown_kind'
  | 'old_word'
  | 'empty'
  | 'engine_missing'
  | 'not_loaded'

/** Every way opening may fail; the sentence for each is in `words/<language>/reader.ts`. */
export class ReaderFault extends Error {
  readonly reason: FaultReason

  constructor(reason: FaultReason, detail?: string) {
    super(detail ? `${reason}: ${detail}` : reason)
    this.name = 'ReaderFault'
    this.reason = reason
  }
}

export const LIMITS = {
  /** What the desk may upload. */
  file_bytes: 20 * 1024 * 1024,
  /** All of a docx unpacked; a phone has about this much to spare. */
  inflated_bytes: 64 * 1024 * 1024,
  zip_entries: 2000,
  /** One XML part; its tree takes some ten times as much. */
  xml_bytes: 16 * 1024 * 1024,
  blocks: 20_000,
  /** Characters of reflowed text, some 1,500 printed pages. */
  characters: 1_000_000,
  images: 300,
  /** A picture that unpacks to more than this would take a phone's memory. */
  image_pixels: 40_000_000,
  pdf_pages: 1000,
  nesting: 12,
} as const

export function plain(runs: readonly Run[]): string {
  let text = ''
  for (const run of runs) text += run.text
  return text
}

/** Adds text to the last run if it looks the same, so that lists of runs stay short. */
export function pushRun(runs: Run[], run: Run): void {
  if (run.text === '') return
  const last = runs[runs.length - 1]
  if (last && !!last.bold === !!run.bold && !!last.italic === !!run.italic && !!last.underline === !!run.underline) {
    last.text += run.text
  } else {
    runs.push({ ...run })
  }
}

/** Removes blanks at both ends of a paragraph: big type makes typed-in indents a hole. */
export function trimRuns(runs: Run[]): Run[] {
  const kept = runs.map((run) => ({ ...run }))
  while (kept.length > 0) {
    kept[0]!.text = kept[0]!.text.replace(/^[\s\u3000\u200b\ufeff]+/, '')
    if (kept[0]!.text !== '') break
    kept.shift()
  }
  while (kept.length > 0) {
    const last = kept[kept.length - 1]!
    last.text = last.text.replace(/[\s\u3000\u200b\ufeff]+$/, '')
    if (last.text !== '') break
    kept.pop()
  }
  return kept
}

/** Collects blocks and stops a document that would swamp the phone. */
export class BlockList {
  readonly blocks: Block[] = []
  private characters = 0

  push(block: Block): void {
    if (this.blocks.length >= LIMITS.blocks) throw new ReaderFault('too_large', 'blocks')
    if ('runs' in block) {
      for (const run of block.runs) this.characters += run.text.length
      if (this.characters > LIMITS.characters) throw new ReaderFault('too_large', 'characters')
    }
    this.blocks.push(block)
  }
}
