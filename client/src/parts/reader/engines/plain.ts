// Plain text: which of the encodings met in Chinese offices it is, and its paragraphs.

import { BlockList, ReaderFault, type Doc } from '../model'

export function openPlain(bytes: Uint8Array): Doc {
  const list = new BlockList()
  for (const line of decodeText(bytes).split(/\r\n|[\n\r\u2028\u2029\f]/)) {
    const text = line.replace(/^[\s\u3000]+|[\s\u3000]+$/g, '')
    if (text !== '') list.push({ type: 'paragraph', runs: [{ text }] })
  }
  return { blocks: list.blocks, close() {} }
}

/**
 * UTF-8 and UTF-16 by their mark, else UTF-8 if it is valid, else GB18030, which
 * Windows Notepad wrote for decades. Bytes that are none of these are no text.
 */
export function decodeText(bytes: Uint8Array): string {
  const marked = markedEncoding(bytes)
  const text = marked ? new TextDecoder(marked).decode(bytes) : decodeUnmarked(bytes)
  // A binary file under a .txt name decodes to a field of NULs and odd signs.
  const odd = (text.slice(0, 4096).match(/[\u0000-\u0008\u000e-\u001f\ufffd]/g) ?? []).length
  if (odd > 8 && odd * 20 > Math.min(text.length, 4096)) throw new ReaderFault('damaged', 'not text')
  return text
}

function markedEncoding(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8'
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  return null
}

function decodeUnmarked(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}
