import { expect, test } from 'vitest'
import type { BallotResult } from '../../protocol/generated'
import { announcement, balanced, dayAfter, minuteSentence } from './sentences'
import { ballot, FakeSource, hallOf } from './testing'

const RESULT: BallotResult = {
  due: 28, present: 27, issued: 27, returned: 27, valid: 26, invalid: 1,
  counts: [
    { key: 'satisfied', label: '满意', votes: 20, percent: '74.07' },
    { key: 'dissatisfied', label: '不满意', votes: 6, percent: '22.22' },
  ],
  grade: 'satisfied', grade_label: '满意', majority: 15, by_majority_of: 'satisfied',
}

test('the announcement reads out the recorded figures', () => {
  expect(announcement('区教育局', RESULT)).toBe(
    '应到 28 人，实到 27 人。发出测评票 27 张，收回 27 张，其中有效票 26 张，无效票 1 张。满意 20 票，占 74.07%；不满意 6 票，占 22.22%。区教育局测评等次：满意。',
  )
})

test('accounts that do not balance are seen before the announcement', () => {
  expect(balanced(RESULT)).toBe(true)
  expect(balanced({ ...RESULT, returned: 28 })).toBe(false)
  expect(balanced({ ...RESULT, valid: 27 })).toBe(false)
  expect(balanced({ ...RESULT, due: 26 })).toBe(false)
})

test('the minutes name the grade of the announced round only', () => {
  const source = new FakeSource()
  const hall = hallOf(source)
  source.set({ 'ballot/1': ballot({ state: 'announced', round: 2, result: RESULT }) })
  expect(minuteSentence(hall, { type: 'ballot_announced', ballot: 1, round: 2 })).toBe('公布区教育局测评结果：满意')
  expect(minuteSentence(hall, { type: 'ballot_announced', ballot: 1, round: 1 })).toBe('公布区教育局测评结果')
})

test('the minutes never name who asked without name', () => {
  const source = new FakeSource()
  const hall = hallOf(source)
  const question = {
    id: 4, text: '', state: 'taken', askers: [{ name: '委员09', group: '' }], voices: 1, asked_at: 0, settled_at: 0, reason: '', note: '', due_on: '', merged: [],
  } as const
  source.set({ 'question/4': { ...question, askers: [...question.askers], merged: [], visibility: 'chair_only' } })
  expect(minuteSentence(hall, { type: 'question_taken', question: 4 })).not.toContain('委员09')
  source.set({ 'question/4': { ...question, askers: [...question.askers], merged: [], visibility: 'named' } })
  expect(minuteSentence(hall, { type: 'question_taken', question: 4 })).toContain('委员09')
})

test('a due day counts calendar days over the end of a month', () => {
  expect(dayAfter(new Date(2026, 10, 24, 23, 30).getTime(), 15)).toBe('2026-12-09')
})
