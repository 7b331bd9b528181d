import { expect, test } from 'vitest'
import type { BallotState, BallotView, PersonView, SubjectView } from '../../../protocol/generated'
import { open, pile, votersShown } from './voters'

const person = (id: number, name: string, over: Partial<PersonView> = {}) => ({ id, name, kind: 'member', seat: `${id}排`, way: 'phone', attendance: 'present', ...over }) as PersonView
const subject = (recused: number[] = [], ballot?: number) => ({ id: 1, unit: '区教育局', recused, ballot }) as unknown as SubjectView
const ballot = (state: BallotState, over: Partial<BallotView> = {}) => ({ id: 1, state, by_hands: false, ...over }) as BallotView

test('those who do not simply vote by phone are found together', () => {
  const people = [person(1, '王芳'), person(2, '李明', { way: 'paper' }), person(3, '张伟', { attendance: 'excused' }), person(4, '刘洋'), person(5, '列席', { kind: 'attendee', way: 'booth' })]
  expect(votersShown(people, [subject([4])], '', 'apart').map((one) => one.id)).toEqual([2, 3, 4])
  expect(votersShown(people, [subject([4])], '', 'all').map((one) => one.id)).toEqual([1, 2, 3, 4])
  expect(votersShown(people, [], '3排', 'all').map((one) => one.name)).toEqual(['张伟'])
})

test('a recusal is for a ballot that has not begun', () => {
  expect(open(subject([], 1), [ballot('prepared')])).toBe(true)
  expect(open(subject([], 1), [ballot('presented')])).toBe(false)
  expect(open(subject(), [])).toBe(true)
})

test('paper is counted between the close and the announcement', () => {
  const paper = { issued: 2, marks: [1, 2], entries: [] }
  const states: BallotState[] = ['open', 'closing', 'sealed', 'announced']
  expect(states.map((state) => pile(ballot(state, { paper })))).toEqual([false, true, true, false])
  expect(pile(ballot('sealed'))).toBe(false)
})
