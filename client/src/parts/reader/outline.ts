// Headings of Chinese official documents. Many reports are typed without heading
// styles, but their layers are fixed by custom: 一、 then （一） then 1.

import { plain, type Block } from './model'

const FIRST = /^\s*(?:[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十百\d]{1,4}(?:章|编|部分))/
const SECOND = /^\s*[（(][一二三四五六七八九十]{1,3}[）)]/
const ENDS_A_SENTENCE = /[。；，：！？,;:]\s*$/

/** A heading is one short line; longer ones are paragraphs that merely start with a number. */
const HEADING_CHARACTERS = 42
/** Below this a list of contents helps nobody. */
export const CONTENTS_MIN = 3

/** The level that custom gives a line, or 0 for running text. */
export function customaryLevel(text: string): 0 | 1 | 2 {
  if (text.length > HEADING_CHARACTERS || ENDS_A_SENTENCE.test(text)) return 0
  if (FIRST.test(text)) return 1
  if (SECOND.test(text)) return 2
  return 0
}

/** Turns customary headings into heading blocks, in place, unless the document marks its own. */
export function promoteHeadings(blocks: Block[]): void {
  const marked = blocks.filter((block) => block.type === 'heading' && customaryLevel(headline(block)) > 0)
  if (marked.length >= CONTENTS_MIN) return
  blocks.forEach((block, at) => {
    if (block.type !== 'paragraph' && block.type !== 'item') return
    if (block.type === 'paragraph' && block.look) return
    const number = block.type === 'item' ? block.number : ''
    const level = customaryLevel(number + plain(block.runs))
    if (level > 0) blocks[at] = { type: 'heading', level, number, runs: block.runs }
  })
}

export interface ContentsEntry {
  /** Index into the blocks. */
  at: number
  level: number
  text: string
}

export function contents(blocks: readonly Block[]): ContentsEntry[] {
  const entries: ContentsEntry[] = []
  blocks.forEach((block, at) => {
    if (block.type === 'heading') entries.push({ at, level: block.level, text: headline(block) })
  })
  return entries.length >= CONTENTS_MIN ? entries : []
}

function headline(block: Block): string {
  return block.type === 'heading' ? block.number + plain(block.runs) : ''
}
