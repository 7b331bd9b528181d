// What the office's papers say: a download, and the words of a .docx.
import { readFileSync } from 'node:fs'
import { inflateRawSync } from 'node:zlib'
import { room } from './desk'
import { expect, type Locator, type Page } from './hall'

/** What a press of this button saves on somebody's disk. */
export async function saved(page: Page, button: Locator): Promise<{ name: string; path: string; bytes: Buffer }> {
  const [download] = await Promise.all([page.waitForEvent('download'), button.click()])
  const path = await download.path()
  return { name: download.suggestedFilename(), path, bytes: readFileSync(path) }
}

/** A paper from the room 文书: its words, a line for each paragraph. */
export async function paper(desk: Page, name: string): Promise<string> {
  await room(desk, '文书')
  const file = await saved(desk, desk.getByRole('button', { name: `下载 Word：${name}`, exact: true }))
  expect(file.name).toMatch(new RegExp(`^\\d{4}年述职评议${escaped(name)}\\.docx$`))
  return wordsOf(file.bytes)
}

const escaped = (text: string) => text.replace(/[()（）]/g, '\\$&')

/** The text of a .docx, which is a zip with word/document.xml in it. */
export function wordsOf(docx: Buffer): string {
  const xml = entry(docx, 'word/document.xml')
  const paragraphs = xml.match(/<w:p[ >].*?<\/w:p>/gs) ?? []
  return paragraphs.map((one) => [...one.matchAll(/<w:t[^>]*>([^<]*)<\/w:t>/g)].map((run) => run[1]).join('')).join('\n')
}

/** One file of a zip, found by its central directory. */
function entry(zip: Buffer, wanted: string): string {
  expect(zip.subarray(0, 4).toString('latin1'), 'a zip').toBe('PK\x03\x04')
  const end = zip.lastIndexOf('PK\x05\x06', undefined, 'latin1')
  let at = zip.readUInt32LE(end + 16)
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [nameLength, extraLength, noteLength] = [zip.readUInt16LE(at + 28), zip.readUInt16LE(at + 30), zip.readUInt16LE(at + 32)]
    if (zip.toString('utf8', at + 46, at + 46 + nameLength) === wanted) {
      const local = zip.readUInt32LE(at + 42)
      const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
      const packed = zip.subarray(from, from + zip.readUInt32LE(at + 20))
      return (zip.readUInt16LE(at + 10) === 0 ? packed : inflateRawSync(packed)).toString('utf8')
    }
    at += 46 + nameLength + extraLength + noteLength
  }
  throw new Error(`no ${wanted} in the file`)
}
