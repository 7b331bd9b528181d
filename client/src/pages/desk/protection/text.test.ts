import { expect, test } from 'vitest'
import { openDocument } from '../../../parts/reader/open'
import { protectionText } from './text'

test('the security notes open in the reader, whole and in Chinese', async () => {
  const doc = await openDocument(await protectionText(), 'md')
  const text = doc.blocks.flatMap((block) => ('runs' in block ? block.runs.map((run) => run.text) : []))
  for (const heading of ['已经防住的', '防不住的，请如实告知', '会前', '会中', '会后']) expect(text).toContain(heading)
  expect(doc.blocks.some((block) => block.type === 'table')).toBe(true)
})
