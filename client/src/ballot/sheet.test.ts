import { expect, test } from 'vitest'
import type { BallotState, BallotView, VoidedRound } from '../protocol/generated'
import { foremost, inRound, sheetOf, together } from './sheet'

const voided = (round: number, at: number): VoidedRound => ({ round, cause: 'procedure', note: '误操作', held: true, at, issued: 3, returned: 1, to_destroy: false })

function ballot(id: number, state: BallotState, over: Partial<BallotView> = {}): BallotView {
  return {
    id, subject: id, sitting: 1, matter: 'appraisal', sheet: [1, 2, 3], round: 1, state, display: 'live', options: [], secrecy: 'secret', due: 28, present: 27, recused: 0, by_hands: false, detail: 'counts_and_percentages', final_press: false, issued: 27, returned: 0, majority: 15,
    presented_at: 0, opened_at: 0, limit_ends_at: 0, paused_left_ms: 0, closed_at: 0, seals_at: 0, announced_at: 0, voided: [], ...over,
  }
}

const ids = (sheet: readonly BallotView[]) => sheet.map((one) => one.id)

test('a sheet has its ballots in order, and a ballot alone is a sheet of one', () => {
  const all = [ballot(1, 'open'), ballot(2, 'open'), ballot(3, 'open')]
  const find = (id: number) => all.find((one) => one.id === id)
  expect(ids(sheetOf(all[1]!, find))).toEqual([1, 2, 3])
  expect(ids(sheetOf(ballot(7, 'open', { sheet: undefined }), find))).toEqual([7])
  // A view that has not come yet leaves no hole.
  expect(ids(sheetOf(all[1]!, (id) => (id === 3 ? undefined : find(id))))).toEqual([1, 2])
})

test('an order goes to those that stand where its ballot stands; the voided one follows on its own', () => {
  const sheet = [ballot(1, 'sealed'), ballot(2, 'presented', { round: 2 }), ballot(3, 'sealed')]
  expect(ids(together(sheet[1]!, sheet))).toEqual([2])
  expect(ids(together(sheet[0]!, sheet))).toEqual([1, 3])
})

test('a sheet stands where its next step is', () => {
  const at = (...states: BallotState[]) => foremost(states.map((state, place) => ballot(place + 1, state)))?.state
  expect(at('sealed', 'presented', 'sealed')).toBe('presented')
  expect(at('open', 'prepared', 'open')).toBe('open')
  expect(at('sealed', 'prepared', 'sealed')).toBe('prepared')
  expect(at('announced', 'sealed', 'announced')).toBe('sealed')
  expect(at('announced', 'announced')).toBe('announced')
})

test('the minutes name those that were in the round then', () => {
  const sheet = [ballot(1, 'sealed'), ballot(2, 'sealed', { round: 2, voided: [voided(1, 50)] }), ballot(3, 'sealed')]
  expect(ids(inRound(sheet, 1, 10))).toEqual([1, 2, 3])
  expect(ids(inRound(sheet, 1, 60))).toEqual([1, 3])
  expect(ids(inRound(sheet, 2, 60))).toEqual([2])
})
