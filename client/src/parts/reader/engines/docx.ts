// Walks a Word document's own XML into blocks. Only text, structure and pictures carried
// in the file are taken: links, fields' codes, scripts and outside references are dropped.

import { BlockList, LIMITS, ReaderFault, pushRun, trimRuns, type Block, type Cell, type Doc, type Run } from '../model'
import { Numbering } from './docx-numbering'
import { Styles, outlineLevel, type Style } from './docx-styles'
import { picture } from './picture'
import { child, find, readXml, toggle, value, type Node } from './xml'
import { Zip } from './zip'

export function openDocx(bytes: Uint8Array): Doc {
  refuseOldWord(bytes)
  const zip = new Zip(bytes)
  const main = mainPart(zip)
  const document = readXml(zip, main)
  const body = child(document, 'body')
  if (!body) throw new ReaderFault('damaged', 'no body')
  const walk = new Walk(zip, main)
  try {
    walk.blocks(body.children, 0)
    walk.notes()
  } catch (cause) {
    walk.close()
    throw cause
  }
  return { blocks: walk.list.blocks, close: () => walk.close() }
}

/** Word before 2007, and every password-protected docx, is an OLE container. */
function refuseOldWord(bytes: Uint8Array): void {
  const ole = [0xd0, 0xcf, 0x11, 0xe0]
  if (!ole.every((byte, at) => bytes[at] === byte)) return
  const names = new TextDecoder('utf-16le').decode(bytes.subarray(0, bytes.length & ~1))
  throw new ReaderFault(names.includes('EncryptedPackage') ? 'password' : 'old_word')
}

function mainPart(zip: Zip): string {
  const rels = readXml(zip, '_rels/.rels')
  const office = rels?.children.find((rel) => rel.attributes['Type']?.endsWith('/officeDocument'))
  const target = office?.attributes['Target']?.replace(/^\//, '')
  if (target && zip.has(target)) return target
  if (zip.has('word/document.xml')) return 'word/document.xml'
  throw new ReaderFault('damaged', 'not a Word document')
}

interface Paragraph {
  runs: Run[]
  /** Pictures and page marks met inside; they follow the text as blocks of their own. */
  after: Block[]
  /** Inside a field's code, which is not text to read. */
  field: number[]
}

class Walk {
  readonly list = new BlockList()
  private readonly styles: Styles
  private readonly numbering: Numbering
  private readonly targets = new Map<string, string>()
  private readonly urls: string[] = []
  private readonly footnotes: string[] = []
  private page = 1

  constructor(
    private readonly zip: Zip,
    private readonly main: string,
  ) {
    const folder = main.slice(0, main.lastIndexOf('/') + 1)
    this.styles = new Styles(readXml(zip, `${folder}styles.xml`))
    this.numbering = new Numbering(readXml(zip, `${folder}numbering.xml`))
    const rels = readXml(zip, `${folder}_rels/${main.slice(folder.length)}.rels`)
    for (const rel of rels?.children ?? []) {
      const { Id, Target, TargetMode } = rel.attributes
      // An outside target would tell a stranger who reads what.
      if (!Id || !Target || TargetMode === 'External') continue
      this.targets.set(Id, Target.startsWith('/') ? Target.slice(1) : folder + Target)
    }
  }

  close(): void {
    for (const url of this.urls) URL.revokeObjectURL(url)
    this.urls.length = 0
  }

  blocks(nodes: readonly Node[], depth: number, list: BlockList = this.list): void {
    if (depth > LIMITS.nesting) return
    for (const node of nodes) {
      switch (node.name) {
        case 'p':
          this.paragraph(node, list, depth)
          break
        case 'tbl':
          this.table(node, list, depth)
          break
        case 'sdt':
          this.blocks(child(node, 'sdtContent')?.children ?? [], depth + 1, list)
          break
        case 'ins':
        case 'customXml':
        case 'smartTag':
          this.blocks(node.children, depth + 1, list)
          break
      }
    }
  }

  /** Footnotes are set after the text, where their numbers point. */
  notes(): void {
    if (this.footnotes.length === 0) return
    const folder = this.main.slice(0, this.main.lastIndexOf('/') + 1)
    const root = readXml(this.zip, `${folder}footnotes.xml`)
    this.footnotes.forEach((id, at) => {
      const note = root?.children.find((each) => each.name === 'footnote' && each.attributes['id'] === id)
      const runs: Run[] = [{ text: `[${at + 1}] ` }]
      for (const paragraph of note?.children ?? []) {
        if (paragraph.name !== 'p') continue
        const found = { runs, after: [], field: [] }
        this.inline(paragraph.children, found, {}, this.styles.of(undefined), 0)
      }
      this.list.push({ type: 'paragraph', runs })
    })
  }

  private paragraph(node: Node, list: BlockList, depth: number): void {
    const properties = child(node, 'pPr')
    const style = this.styles.of(value(properties, 'pStyle'))
    const found: Paragraph = { runs: [], after: [], field: [] }
    const listed = child(properties, 'numPr')
    const numId = value(listed, 'numId') ?? style.numId
    const level = Number(value(listed, 'ilvl') ?? style.level ?? 0)
    if (toggle(properties, 'pageBreakBefore')) this.pageMark(found)
    const look = { bold: style.bold, italic: style.italic }
    this.inline(node.children, found, look, style, depth)
    // A table of contents repeats the headings with page numbers that mean nothing here.
    if (/^(?:toc|目录)\b/.test(style.name)) return
    const runs = trimRuns(found.runs)
    const before = found.after.filter((block) => block.type === 'page')
    for (const block of before) list.push(block)
    if (runs.length > 0) {
      const number = numId === undefined ? null : this.numbering.next(numId, level)
      const outline = outlineLevel(properties) ?? style.outline
      const align = value(properties, 'jc') ?? style.align
      if (outline > 0) list.push({ type: 'heading', level: Math.min(outline, 6), number: number ?? '', runs })
      else if (number !== null) list.push({ type: 'item', depth: Math.min(level, 8), number, runs })
      else list.push({ type: 'paragraph', runs, align: align === 'center' || align === 'right' ? align : undefined })
    }
    for (const block of found.after) if (block.type !== 'page') list.push(block)
  }

  private pageMark(found: Paragraph): void {
    this.page += 1
    found.after.push({ type: 'page', page: this.page })
  }

  private inline(nodes: readonly Node[], found: Paragraph, look: Omit<Run, 'text'>, style: Style, depth: number): void {
    if (depth > LIMITS.nesting) return
    for (const node of nodes) {
      switch (node.name) {
        case 'r':
          this.run(node, found, look, depth)
          break
        case 'hyperlink':
        case 'ins':
        case 'moveTo':
        case 'smartTag':
        case 'customXml':
        case 'fldSimple':
        case 'dir':
        case 'bdo':
          this.inline(node.children, found, look, style, depth + 1)
          break
        case 'sdt':
          this.inline(child(node, 'sdtContent')?.children ?? [], found, look, style, depth + 1)
          break
        case 'm:oMath':
        case 'm:oMathPara':
          pushRun(found.runs, { ...look, text: mathText(node) })
          break
      }
    }
  }

  private run(node: Node, found: Paragraph, base: Omit<Run, 'text'>, depth: number): void {
    const properties = child(node, 'rPr')
    const named = value(properties, 'rStyle')
    const style = named === undefined ? undefined : this.styles.of(named)
    const look: Omit<Run, 'text'> = {
      bold: toggle(properties, 'b') ?? style?.bold ?? base.bold,
      italic: toggle(properties, 'i') ?? style?.italic ?? base.italic,
      underline: toggle(properties, 'u') ?? base.underline,
    }
    if (toggle(properties, 'vanish')) return
    for (const part of node.children) this.runPart(part, found, look, depth)
  }

  private runPart(part: Node, found: Paragraph, look: Omit<Run, 'text'>, depth: number): void {
    const write = (text: string) => {
      // 1 marks a field's code; its shown result comes after the separator.
      if (found.field.every((state) => state === 0)) pushRun(found.runs, { ...look, text })
    }
    switch (part.name) {
      case 't':
        write(part.text)
        break
      case 'tab':
        write('\u3000')
        break
      case 'noBreakHyphen':
        write('-')
        break
      case 'br':
        if (part.attributes['type'] === 'page') this.pageMark(found)
        else if (part.attributes['type'] !== 'column') write('\n')
        break
      case 'cr':
        write('\n')
        break
      case 'lastRenderedPageBreak':
        // Word notes this beside a typed page break too; one mark is enough.
        if (!found.after.some((block) => block.type === 'page')) this.pageMark(found)
        break
      case 'fldChar':
        this.fieldMark(part.attributes['fldCharType'], found)
        break
      case 'footnoteReference':
        this.footnotes.push(part.attributes['id'] ?? '')
        write(`[${this.footnotes.length}]`)
        break
      case 'drawing':
      case 'pict':
      case 'object':
        this.drawing(part, found, depth)
        break
      case 'mc:AlternateContent':
        this.alternate(part, found, look, depth)
        break
    }
  }

  private fieldMark(kind: string | undefined, found: Paragraph): void {
    if (kind === 'begin') found.field.push(1)
    else if (kind === 'separate') found.field[found.field.length - 1] = 0
    else found.field.pop()
  }

  /** The same drawing twice, for new and old Word; one of them is taken. */
  private alternate(node: Node, found: Paragraph, look: Omit<Run, 'text'>, depth: number): void {
    const chosen = child(node, 'mc:Choice') ?? child(node, 'mc:Fallback')
    for (const part of chosen?.children ?? []) this.runPart(part, found, look, depth + 1)
  }

  private drawing(node: Node, found: Paragraph, depth: number): void {
    const box = find(node, 'txbxContent')
    if (box) {
      const inner = new BlockList()
      this.blocks(box.children, depth + 1, inner)
      found.after.push(...inner.blocks)
    }
    const reference = find(node, 'a:blip')?.attributes['r:embed'] ?? find(node, 'v:imagedata')?.attributes['r:id']
    if (reference === undefined) return
    const target = this.targets.get(reference)
    const about = find(node, 'wp:docPr')?.attributes ?? {}
    const bytes = target === undefined ? null : this.zip.read(target, LIMITS.file_bytes)
    found.after.push(picture(bytes, about['descr'] || about['title'] || '', this.urls))
  }

  private table(node: Node, list: BlockList, depth: number): void {
    const rows: Cell[][] = []
    let headerRows = 0
    /** For each column the cell that a vertical merge lengthens. */
    const above: (Cell | undefined)[] = []
    let columns = 0
    for (const row of rowsOf(node)) {
      const cells: Cell[] = []
      let column = Number(value(child(row, 'trPr'), 'gridBefore') ?? 0)
      for (const each of cellsOf(row)) {
        const properties = child(each, 'tcPr')
        const colSpan = clampSpan(value(properties, 'gridSpan'))
        const merge = child(properties, 'vMerge')
        if (merge && merge.attributes['val'] !== 'restart' && above[column]) {
          above[column]!.rowSpan += 1
        } else {
          const inner = new BlockList()
          this.blocks(each.children, depth + 1, inner)
          const cell: Cell = { blocks: flatten(inner.blocks), colSpan, rowSpan: 1 }
          cells.push(cell)
          for (let at = column; at < column + colSpan; at += 1) above[at] = merge ? cell : undefined
        }
        column += colSpan
      }
      columns = Math.max(columns, column)
      if (rows.length === headerRows && toggle(child(row, 'trPr'), 'tblHeader')) headerRows += 1
      rows.push(cells)
    }
    if (rows.length === 0) return
    // A frame of a single cell is only decoration.
    if (rows.length === 1 && columns === 1) for (const block of rows[0]?.[0]?.blocks ?? []) list.push(block)
    else list.push({ type: 'table', columns, headerRows, rows })
  }
}

function rowsOf(table: Node): Node[] {
  return table.children.flatMap((each) =>
    each.name === 'tr' ? [each] : each.name === 'sdt' ? rowsOf(child(each, 'sdtContent') ?? each) : [],
  )
}

function cellsOf(row: Node): Node[] {
  return row.children.flatMap((each) =>
    each.name === 'tc' ? [each] : each.name === 'sdt' ? cellsOf(child(each, 'sdtContent') ?? each) : [],
  )
}

function clampSpan(text: string | undefined): number {
  const span = Number(text ?? 1)
  return Number.isInteger(span) && span >= 1 ? Math.min(span, 63) : 1
}

/** Tables inside cells have no room on a phone; their cells are read in turn. */
function flatten(blocks: readonly Block[]): Block[] {
  return blocks.flatMap((block) =>
    block.type === 'page'
      ? []
      : block.type === 'table'
        ? block.rows.flatMap((row) => row.flatMap((cell) => flatten(cell.blocks)))
        : [block],
  )
}

function mathText(node: Node): string {
  return node.name === 'm:t' ? node.text : node.children.map(mathText).join('')
}
