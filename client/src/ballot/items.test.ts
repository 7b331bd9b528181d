import { expect, test } from 'vitest'
import type { BallotResult } from '../protocol/generated'
import { failing } from './accounts'
import { byItem, choicesOf, marked, noMarks, rollColumns, rollOf, shownOf } from './items'
import { VERDICT } from './verdict.testing'

const options = ['满意', '不满意'].map((label) => ({ key: label, label, kind: 'choice' as const }))
const items = [{ key: 'process', label: '办理过程' }, { key: 'result', label: '办理结果' }]
const counts = [9, 1, 4, 6].map((votes, at) => ({ ...options[at % 2]!, votes, percent: String(votes * 10) }))

test('a ballot with items is no vote before each has its mark', () => {
  const ballot = { options, items }
  const half = marked(noMarks(ballot), 1, 0)
  expect(choicesOf(ballot, noMarks(ballot))).toBeUndefined()
  expect(choicesOf(ballot, half)).toBeUndefined()
  expect(choicesOf(ballot, marked(marked(half, 0, 1), 1, 1))).toEqual([1, 1])
  expect(choicesOf({ options }, marked(noMarks({}), 0, 1))).toEqual([1])
  expect(choicesOf({ options }, [2]), 'no such option').toBeUndefined()
})

test('counts are told item by item', () => {
  expect(byItem({ options, items }, counts).map((one) => [one.item?.label, one.counts.map((count) => count.votes)])).toEqual([['办理过程', [9, 1]], ['办理结果', [4, 6]]])
  expect(byItem({ options }, counts.slice(0, 2))).toEqual([{ item: undefined, counts: counts.slice(0, 2) }])
  expect(byItem({ options, items }, []), 'only the grade is published').toEqual([])
})

test('the accounts hold for each item, not for the sum of all', () => {
  const result: BallotResult = { due: 12, present: 10, issued: 10, returned: 10, valid: 10, invalid: 0, counts, grade: '', grade_label: '', majority: 7, verdict: VERDICT, text: '' }
  expect(failing(result)).toBeUndefined()
  expect(failing({ ...result, counts: [...counts.slice(0, 3), { ...counts[3]!, votes: 5 }] })).toBe('options = valid')
})

test('what is not published is not shown, and no roll tells it either', () => {
  expect(shownOf({ detail: 'percentages', state: 'announced' })).toEqual({ votes: false, percent: true })
  expect(shownOf({ detail: 'grade_only', state: 'announced' })).toEqual({ votes: false, percent: false })
  expect(shownOf({ detail: 'counts', state: 'announced' })).toEqual({ votes: true, percent: false })
  const named = { roll: [{ name: '张三', choices: [0] }], state: 'announced', secrecy: 'named', detail: 'counts_and_percentages' } as const
  const ballot = { ...named, roll: [...named.roll].map((one) => ({ ...one, choices: [...one.choices] })) }
  expect(rollOf(ballot)).toHaveLength(1)
  expect(rollOf({ ...ballot, detail: 'grade_only' })).toEqual([])
  expect(rollOf({ ...ballot, detail: 'percentages' })).toEqual([])
  expect(rollOf({ ...ballot, state: 'sealed' })).toEqual([])
})

test('sixty names stand in columns that a hall can read', () => {
  expect(rollColumns(60)).toEqual({ columns: 4, rows: 15 })
  expect(rollColumns(28)).toEqual({ columns: 2, rows: 14 })
  expect(rollColumns(1)).toEqual({ columns: 1, rows: 1 })
})
