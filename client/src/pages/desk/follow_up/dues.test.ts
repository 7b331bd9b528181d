import { expect, test } from 'vitest'
import type { DueView } from '../../../protocol/generated'
import { standing } from './dues'

// 24:00 of 15 January 2024 in Beijing.
const ENDS_AT = Date.UTC(2024, 0, 15, 16)
const due = (done_on = '') => ({ matter: 'plan', due_on: '2024-01-15', ends_at: ENDS_AT, done_on }) as DueView
const at = (hours: number) => standing(due(), ENDS_AT + hours * 3_600_000)

test('the last day is open to its end and late from 24:00 on', () => {
  expect(at(-24)).toEqual({ state: 'open', days: 0 })
  expect(standing(due(), ENDS_AT - 1)).toEqual({ state: 'open', days: 0 })
  expect(at(0)).toEqual({ state: 'late', days: 1 })
  expect(at(23)).toEqual({ state: 'late', days: 1 })
  expect(at(24)).toEqual({ state: 'late', days: 2 })
})

test('days left are counted to the last day', () => {
  expect(at(-25)).toEqual({ state: 'open', days: 1 })
  expect(at(-24 * 8)).toEqual({ state: 'open', days: 7 })
})

test('what is handed in is done, and says if it was late', () => {
  expect(standing(due('2024-01-15'), ENDS_AT + 1)).toEqual({ state: 'done', late: false })
  expect(standing(due('2024-01-16'), ENDS_AT + 1)).toEqual({ state: 'done', late: true })
})
