import { expect, test } from 'vitest'
import type { BallotState, BallotView, ConfirmedView, PaperView } from '../../../protocol/generated'
import { dutyOf, watchedSheets } from './watch'

const ME = { person: 3, name: '王芳' }
const ballot = (state: BallotState, id = 1) => ({ id, state, options: [{ key: 'a', label: '满意', kind: 'choice' }] }) as BallotView
const watched = (confirmed: ConfirmedView[] = [], paper?: Partial<PaperView>) => ({ ballot: 1, confirmed, ...(paper && { paper: { issued: 5, marks: [], entries: [], ...paper } }) })
const count = (votes: number) => ({ returned: votes, blank: 0, invalid: 0, votes: [[votes]] })

test('each step is asked for once, and only where the rule needs it', () => {
  const states: BallotState[] = ['presented', 'open', 'paused', 'closing', 'sealed', 'announced']
  expect(states.map((state) => dutyOf(ballot(state), watched(), 'confirm', ME))).toEqual(['open', 'close', 'close', undefined, 'unseal', undefined])
  expect(states.map((state) => dutyOf(ballot(state), watched(), 'watch', ME))).toEqual(states.map(() => undefined))
  expect(dutyOf(ballot('presented'), watched([{ step: 'open', by: ['李明'] }]), 'confirm', ME)).toBe('open')
  expect(dutyOf(ballot('presented'), watched([{ step: 'open', by: ['李明', '王芳'] }]), 'confirm', ME)).toBeUndefined()
})

test('paper comes before the announcement, until two have counted alike', () => {
  const mine = { by: { role: 'person', person: 3 } as const, count: count(5) }
  const other = { by: { role: 'desk', account: 1 } as const, count: count(4) }
  expect(dutyOf(ballot('sealed'), watched([], {}), 'confirm', ME)).toBe('paper')
  expect(dutyOf(ballot('sealed'), watched([], { entries: [mine] }), 'confirm', ME), 'now another must count').toBe('unseal')
  expect(dutyOf(ballot('sealed'), watched([], { entries: [mine, other] }), 'watch', ME)).toBe('paper')
  expect(dutyOf(ballot('sealed'), watched([], { entries: [mine, { ...other, count: count(5) }] }), 'watch', ME)).toBeUndefined()
  expect(dutyOf(ballot('open'), watched([], {}), 'watch', ME), 'not before the close').toBeUndefined()
})

test('what is being held stands above what is announced; what has not begun is not shown', () => {
  const sheets = [[ballot('announced', 1)], [ballot('prepared', 2)], [ballot('sealed', 3), ballot('sealed', 4)]]
  expect(watchedSheets(sheets).map((sheet) => sheet.map((one) => one.id))).toEqual([[3, 4], [1]])
})
