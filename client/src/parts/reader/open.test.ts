import { deflateSync, strToU8, zipSync } from 'fflate'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { plain, type Block, type Doc, type Kind } from './model'
import { kindOfName, openDocument, ReaderFault } from './open'
import { contents } from './outline'
import { cards, fits } from './table'

// Node has no workers of the browser's kind: pdf.js then runs in place, from its package's own files.
vi.mock('./engines/pdf-worker', async () => {
  await import('pdfjs-dist/legacy/build/pdf.worker.js')
  const { PDFWorker } = await import('pdfjs-dist/legacy/build/pdf')
  // In two steps, or the build takes it for the address of an asset.
  const here = import.meta.url
  const folder = new URL('../../../node_modules/pdfjs-dist', here).pathname
  return {
    pdfWorker: async () => {
      const worker = new PDFWorker()
      return { worker, failed: new Promise(() => {}), stop: () => worker.destroy() }
    },
    dataFolder: (name: string) => `${folder}/${name}/`,
  }
})

/** `data:` URLs: the client's tests know no file system. */
const files = import.meta.glob<string>('../../../../tests/fixtures/reports/*.{docx,pdf,md,txt}', {
  query: '?url&inline',
  import: 'default',
  eager: true,
})

function fixture(name: string): Uint8Array {
  const url = files[`../../../../tests/fixtures/reports/${name}`]!
  return Uint8Array.from(atob(url.slice(url.indexOf(',') + 1)), (sign) => sign.charCodeAt(0))
}

const opened: Doc[] = []
afterEach(() => {
  for (const doc of opened.splice(0)) doc.close()
})

async function open(name: string): Promise<Doc> {
  const doc = await openDocument(fixture(name), kindOfName(name)!)
  opened.push(doc)
  return doc
}

async function reason(bytes: Uint8Array, kind: Kind): Promise<string> {
  return openDocument(bytes, kind).then(
    () => 'opened',
    (cause: unknown) => (cause instanceof ReaderFault ? cause.reason : String(cause)),
  )
}

const text = (block: Block | undefined) =>
  !block || !('runs' in block) ? '' : ('number' in block ? block.number : '') + plain(block.runs)
const texts = (doc: Doc) => doc.blocks.map(text)
const ofType = <T extends Block['type']>(doc: Doc, type: T) =>
  doc.blocks.filter((block): block is Extract<Block, { type: T }> => block.type === type)

const SECTIONS = [
  '一、加强学习，提高依法履职能力',
  '二、围绕中心，推进住房和城乡建设',
  '三、依法行政，规范权力运行',
  '四、接受监督，办理议案建议',
  '五、廉洁自律，落实全面从严治党责任',
  '六、存在的问题和不足',
  '七、下一步努力方向',
]
const NUMBERED = [
  '1.落实主体责任，逐项明确责任人和完成时限；',
  '2.健全工作机制，每季通报、年度考核；',
  '3.公开办理结果，接受群众监督；',
]

describe('a Word report', () => {
  it('shows the numbers that Word computes, as official documents print them', async () => {
    const doc = await open('report.docx')
    expect(
      contents(doc.blocks)
        .filter((entry) => SECTIONS.includes(entry.text))
        .map((entry) => entry.text),
    ).toEqual(SECTIONS)
    const second = contents(doc.blocks).map((entry) => entry.text)
    expect(second).toContain('（一）政治理论学习')
    expect(second).toContain('（四）农村危房改造')
    // The count of the second layer starts again below each first layer.
    expect(second).toContain('（一）城市更新与老旧小区改造')
    const items = ofType(doc, 'item').map(text)
    expect(items).toEqual([...NUMBERED, ...NUMBERED, ...NUMBERED])
  })

  it('keeps the title, its alignment, bold and the closing date', async () => {
    const doc = await open('report.docx')
    expect(doc.blocks[0]).toMatchObject({
      type: 'heading',
      level: 1,
      runs: [{ text: '关于履行岗位职责情况的报告', bold: true }],
    })
    expect(doc.blocks[2]).toMatchObject({ type: 'paragraph', align: 'center' })
    expect(doc.blocks[doc.blocks.length - 1]).toMatchObject({ align: 'right', runs: [{ text: '2026年11月20日' }] })
    expect(ofType(doc, 'page').map((mark) => mark.page)).toEqual(Array.from({ length: 19 }, (_, at) => at + 2))
  })

  it('carries the table and its own picture, and never asks for a picture from outside', async () => {
    const doc = await open('report.docx')
    const [table] = ofType(doc, 'table')
    expect(table).toMatchObject({ columns: 5, headerRows: 1 })
    expect(table!.rows.map((row) => row.map((cell) => text(cell.blocks[0])))[3]).toEqual([
      '2025年',
      '27',
      '7,135',
      '15,642',
      '97.1%',
    ])
    const [own, outside] = ofType(doc, 'image')
    expect(own).toMatchObject({
      url: expect.stringMatching(/^blob:/),
      alt: '近三年完成投资柱状图',
      width: 420,
      height: 240,
    })
    expect(outside).toMatchObject({ url: null })
    expect(JSON.stringify(doc.blocks)).not.toContain('tracker')
  })

  it('says what is wrong with files that cannot be opened', async () => {
    expect(await reason(fixture('damaged.docx'), 'docx')).toBe('damaged')
    expect(await reason(strToU8('not a zip at all'), 'docx')).toBe('damaged')
    expect(await reason(zipSync({ 'hello.txt': strToU8('hello') }), 'docx')).toBe('damaged')
    expect(await reason(new Uint8Array(0), 'docx')).toBe('empty')
    expect(await reason(new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0]), 'docx')).toBe(
      'old_word',
    )
    const locked = [...'EncryptedPackage'].flatMap((sign) => [sign.charCodeAt(0), 0])
    expect(await reason(new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, ...locked]), 'docx')).toBe('password')
    expect(await reason(new Uint8Array(20 * 1024 * 1024 + 1), 'docx')).toBe('too_large')
  })

  it('refuses a zip bomb, whether or not its directory tells the truth', async () => {
    const bomb = zipSync({ '_rels/.rels': new Uint8Array(65 * 1024 * 1024) }, { level: 1 })
    expect(await reason(bomb, 'docx')).toBe('too_large')
    const view = new DataView(bomb.buffer, bomb.byteOffset)
    const directory = view.getUint32(bomb.length - 22 + 16, true)
    view.setUint32(directory + 24, 100, true)
    expect(await reason(bomb, 'docx')).toBe('too_large')
    const many = Object.fromEntries(Array.from({ length: 2001 }, (_, at) => [`part${at}.xml`, new Uint8Array(0)]))
    expect(await reason(zipSync(many), 'docx')).toBe('too_large')
    // Packing the bomb is slow on a busy machine; refusing it is not.
  }, 60_000)

  it('drops scripts, outside links and what was deleted, and keeps what was inserted', async () => {
    const body = `<w:p><w:hyperlink r:id="x"><w:r><w:t>链接文字</w:t></w:r></w:hyperlink>
      <w:del><w:r><w:delText>删去</w:delText></w:r></w:del><w:ins><w:r><w:t>加上</w:t></w:r></w:ins>
      <w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "javascript:alert(1)" </w:instrText></w:r>
      <w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>结果</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>
      <w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r><w:r><w:t>&lt;script&gt;</w:t></w:r></w:p>`
    const doc = await openDocument(word(body), 'docx')
    expect(texts(doc)).toEqual(['链接文字加上结果<script>'])
  })
})

function word(body: string): Uint8Array {
  const names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="r"'
  return zipSync({ 'word/document.xml': strToU8(`<w:document ${names}><w:body>${body}</w:body></w:document>`) })
}

describe('a PDF report', () => {
  it('becomes whole paragraphs under the same headings as the Word report', async () => {
    const doc = await open('report.pdf')
    const headings = contents(doc.blocks).map((entry) => entry.text)
    expect(headings.filter((heading) => SECTIONS.includes(heading))).toEqual(SECTIONS)
    expect(headings).toContain('（一）城市更新与老旧小区改造')
    const word = await open('report.docx')
    const paragraphs = ofType(word, 'paragraph')
      .map((block) => plain(block.runs))
      .filter((line) => line.length > 30)
    const set = new Set(texts(doc))
    expect(paragraphs.filter((line) => !set.has(line))).toEqual([])
  })

  it('keeps the title whole and what is centred or at the right', async () => {
    const doc = await open('report.pdf')
    expect(doc.blocks[0]).toMatchObject({ type: 'heading', runs: [{ text: '关于履行岗位职责情况的报告' }] })
    expect(doc.blocks[1]).toMatchObject({
      align: 'center',
      runs: [{ text: '——在清河县第十八届人民代表大会常务委员会第三十一次会议上' }],
    })
    expect(doc.blocks[doc.blocks.length - 1]).toMatchObject({ align: 'right', runs: [{ text: '2026年11月20日' }] })
  })

  it('leaves out page numbers and tells where each page begins', async () => {
    const doc = await open('report.pdf')
    expect(texts(doc).filter((line) => /^[—\s]*\d+[—\s]*$/.test(line) && line !== '')).toEqual([])
    expect(doc.pages).toMatchObject({ count: 20, hasText: true })
    const marks = ofType(doc, 'page').map((mark) => mark.page)
    expect(marks[0]).toBe(2)
    expect(marks[marks.length - 1]).toBe(20)
  })

  it('reads the table as a table', async () => {
    const [table] = ofType(await open('report.pdf'), 'table')
    expect(table!.rows.map((row) => row.map((cell) => text(cell.blocks[0])))).toContainEqual([
      '2025年',
      '27',
      '7,135',
      '15,642',
      '97.1%',
    ])
  })

  it('reads Chinese whose font is not in the file, by the character maps', async () => {
    expect(texts(await open('bare-font.pdf'))).toEqual([
      '一、本文件没有嵌入字体',
      '本页文字使用系统字体显示，阅读器须借助字符映射表才能还原为文字。',
    ])
  })

  it('offers a scan as its original pages', async () => {
    const doc = await open('scanned.pdf')
    expect(doc.blocks).toEqual([])
    expect(doc.pages).toMatchObject({ count: 3, hasText: false })
    const { width, height } = await doc.pages!.size(1)
    expect(height / width).toBeCloseTo(1.414, 1)
  })

  it('says that a file is damaged or locked', async () => {
    expect(await reason(strToU8('%PDF-1.7 and nothing more'), 'pdf')).toBe('damaged')
    expect(await reason(lockedPdf(), 'pdf')).toBe('password')
  })
})

/** The smallest file that asks for a password: its verifier matches no empty one. */
function lockedPdf(): Uint8Array {
  const bytes = 'ab'.repeat(32)
  return strToU8(`%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj
3 0 obj<</Filter/Standard/V 1/R 2/O<${bytes}>/U<${bytes}>/P -4>>endobj
trailer<</Root 1 0 R/Encrypt 3 0 R/ID[<00><00>]>>
%%EOF`)
}

describe('text and Markdown', () => {
  it('reads GB18030, UTF-8 and UTF-16 alike', async () => {
    const expected = [
      '一、履职情况',
      '任职以来，走访群众120户，办理建议36件。',
      '二、存在问题',
      '学习还不够系统；丂、㐀等生僻字也能显示。',
      '三、努力方向',
      '主动接受人大监督。',
    ]
    const doc = await open('report-gb18030.txt')
    expect(texts(doc)).toEqual(expected)
    expect(contents(doc.blocks)).toHaveLength(3)
    const lines = expected.join('\n')
    expect(texts(await openDocument(strToU8(lines), 'txt'))).toEqual(expected)
    const wide = new Uint8Array([
      0xff,
      0xfe,
      ...[...lines].flatMap((sign) => [sign.charCodeAt(0) & 255, sign.charCodeAt(0) >> 8]),
    ])
    expect(texts(await openDocument(wide, 'txt'))).toEqual(expected)
    expect(await reason(deflateSync(fixture('report.pdf').subarray(0, 40_000)), 'txt')).toBe('damaged')
  })

  it('keeps the words of Markdown and nothing that could act', async () => {
    const doc = await open('report.md')
    expect(texts(doc).filter((line) => line !== '')).toEqual([
      '履行岗位职责情况的报告',
      '一、主要工作',
      '一年来，认真履行岗位职责，接受人大监督。',
      '1.办理建议36件',
      '2.走访群众120户',
      '二、存在问题',
      '•学习还不够系统，见说明',
      '•服务还有差距',
      '三、努力方向',
      '以上报告，请予评议。& 谢谢！',
    ])
    expect(JSON.stringify(doc.blocks)).not.toMatch(/javascript|alert|tracker|onerror|<img/)
    expect(ofType(doc, 'paragraph')[0]!.runs[1]).toEqual({ text: '认真履行', bold: true })
    expect(ofType(doc, 'table')[0]!.rows).toHaveLength(3)
  })
})

describe('a table on a narrow screen', () => {
  it('is told row by row, each value with its column', async () => {
    const table = ofType(await open('report.docx'), 'table')[0]!
    expect(fits(table, 358, 44)).toBe(false)
    expect(fits(table, 868, 24)).toBe(true)
    const [first] = cards(table)
    expect(text(first!.title!.blocks[0])).toBe('2023年')
    expect(first!.fields.map((field) => [field.name, text(field.cell.blocks[0])])).toEqual([
      ['改造小区（个）', '18'],
      ['惠及户数（户）', '4,216'],
      ['完成投资（万元）', '9,850'],
      ['满意率', '94.6%'],
    ])
  })
})
