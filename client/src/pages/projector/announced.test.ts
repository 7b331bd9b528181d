import { expect, test } from 'vitest'
import type { BallotView } from '../../protocol/generated'
import { type Page, pagesOf, sheetPages } from './announced'

/** Only what the pages look at. */
function ballot(id: number, text: string, more: Partial<BallotView> = {}): BallotView {
  const counts = [{ key: 'satisfied', label: '满意', votes: 20, percent: '71.43' }]
  return { id, subject: id, state: 'announced', secrecy: 'secret', detail: 'counts_and_percentages', result: { counts, text }, ...more } as BallotView
}

const shape = (pages: readonly Page[]) => pages.map((one) => (one.type === 'told' ? one.told.map((piece) => piece.text).join('|') : one.type))

test('the text read out stands in turn with the chart, and before it is announced there is none', () => {
  expect(shape(pagesOf(ballot(1, '满意20票。')))).toEqual(['figures', '满意20票。'])
  expect(shape(pagesOf(ballot(1, '满意20票。', { state: 'sealed' })))).toEqual(['figures'])
})

test('where only the grade is published there is nothing to take turns with', () => {
  const graded = ballot(1, '测评等次：满意。', { detail: 'grade_only' })
  graded.result!.counts = []
  expect(shape(pagesOf(graded))).toEqual(['测评等次：满意。'])
})

test('a long text is cut where a sentence ends, and nothing of it is lost', () => {
  const text = Array.from({ length: 20 }, (_, n) => `第${n}项：满意20票，占71.43%；基本满意7票，占25%。`).join('')
  const told = pagesOf(ballot(1, text)).flatMap((one) => (one.type === 'told' ? one.told : []))
  expect(told.length).toBeGreaterThan(2)
  expect(told.every((one) => one.text.length <= 230 && /[。；]$/.test(one.text))).toBe(true)
  expect(told.map((one) => one.text).join('')).toBe(text)
  const unbroken = '票'.repeat(500)
  expect(shape(pagesOf(ballot(1, unbroken))).filter((one) => one !== 'figures').join('')).toBe(unbroken)
})

test('a sheet shows several texts on a page, each once, and the table between them', () => {
  const text = (n: number) => `${'字'.repeat(149)}${n}`
  const pages = shape(sheetPages([ballot(1, text(1)), ballot(2, text(2)), ballot(3, text(3))], 1))
  expect(pages).toEqual(['figures', `${text(1)}|${text(2)}`, 'figures', text(3)])
  expect(shape(sheetPages([ballot(1, text(1))], 2)), 'a table of two screens is shown whole').toEqual(['figures', 'figures', text(1)])
  const groups = [ballot(1, text(1)), ballot(2, text(1), { subject: 1 })]
  expect(shape(sheetPages(groups, 1)), 'two groups of voters, one verdict').toEqual(['figures', text(1)])
})

test('names follow the texts, and the figures come between', () => {
  const named = ballot(1, '满意1票。', { secrecy: 'named', roll: [{ name: '委员01', choices: [0] }] })
  expect(shape(pagesOf(named))).toEqual(['figures', '满意1票。', 'figures', 'roll'])
})
