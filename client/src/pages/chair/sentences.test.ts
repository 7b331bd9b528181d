import { expect, test } from 'vitest'
import { VERDICT } from '../../ballot/verdict.testing'
import type { BallotResult } from '../../protocol/generated'
import { announcements, balanced, dayAfter, minuteSentence } from './sentences'
import { ballot, FakeSource, hallOf, subject } from './testing'

const RESULT: BallotResult = {
  due: 28, present: 27, issued: 27, returned: 27, valid: 26, invalid: 1,
  counts: [
    { key: 'satisfied', label: '满意', votes: 20, percent: '74.07' },
    { key: 'dissatisfied', label: '不满意', votes: 6, percent: '22.22' },
  ],
  grade: 'satisfied', grade_label: '满意', majority: 15, by_majority_of: 'satisfied', verdict: VERDICT, text: '',
}

test('what is read out is the text on the record, a paragraph a subject', () => {
  const other = { ...RESULT, text: '对区工信局局长的测评：……' }
  expect(announcements([{ ...RESULT, text: '对区教育局局长的测评：……' }, other])).toEqual(['对区教育局局长的测评：……', '对区工信局局长的测评：……'])
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
  expect(minuteSentence(hall, { at: 9, what: { type: 'ballot_announced', ballot: 1, round: 2 } })).toBe('公布区教育局测评结果：满意')
  expect(minuteSentence(hall, { at: 9, what: { type: 'ballot_announced', ballot: 1, round: 1 } })).toBe('公布区教育局测评结果')
})

test('the minutes never name who asked without name', () => {
  const source = new FakeSource()
  const hall = hallOf(source)
  const question = {
    id: 4, text: '', state: 'taken', askers: [{ name: '委员09', group: '' }], voices: 1, asked_at: 0, settled_at: 0, reason: '', note: '', due_on: '', merged: [],
  } as const
  source.set({ 'question/4': { ...question, askers: [...question.askers], merged: [], visibility: 'chair_only' } })
  expect(minuteSentence(hall, { at: 9, what: { type: 'question_taken', question: 4 } })).not.toContain('委员09')
  source.set({ 'question/4': { ...question, askers: [...question.askers], merged: [], visibility: 'named' } })
  expect(minuteSentence(hall, { at: 9, what: { type: 'question_taken', question: 4 } })).toContain('委员09')
})

test('a due day counts calendar days over the end of a month', () => {
  expect(dayAfter(new Date(2026, 10, 24, 23, 30).getTime(), 15)).toBe('2026-12-09')
})

test('one line of the minutes stands for those of a sheet that went along', () => {
  const source = new FakeSource()
  const hall = hallOf(source)
  const sheet = [1, 2]
  const voided = [{ round: 1, cause: 'procedure' as const, note: '误操作', held: true, at: 50, issued: 3, returned: 1, to_destroy: false }]
  source.set({ 'ballot/1': ballot({ sheet }), 'ballot/2': ballot({ id: 2, subject: 2, sheet, round: 2, voided }), 'subject/2': subject({ id: 2, unit: '区工信局', ballot: 2 }) })
  const opened = (round: number, of: number) => ({ type: 'ballot_opened', ballot: of, round }) as const
  expect(minuteSentence(hall, { at: 10, what: opened(1, 1) })).toBe('开始测评：区教育局等 2 项')
  expect(minuteSentence(hall, { at: 60, what: opened(1, 1) })).toBe('开始测评：区教育局')
  expect(minuteSentence(hall, { at: 60, what: opened(2, 2) })).toBe('开始测评：区工信局')
})
