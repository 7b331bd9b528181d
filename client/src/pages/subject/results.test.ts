import { expect, test } from 'vitest'
import type { BallotView, SittingView } from '../../protocol/generated'
import { heldOf } from './results'

const ballot = (id: number, sitting: number, over: object = {}) => ({ id, subject: 1, sitting, state: 'announced', result: {}, ...over }) as BallotView
const past = (session_name: string) => ({ session_name, held_on: '', opened_at: 0, closed_at: 0, due: 28, present: 20 })
const SITTING: SittingView = { state: 'open', number: 3, opened_at: 0, closed_at: 0, past: [past('第十二次会议'), past('第十五次会议')] }

test('each announced result stands with the sitting that gave it', () => {
  const ballots = [ballot(1, 1), ballot(2, 1, { subject: 2 }), ballot(3, 2), ballot(4, 3, { state: 'sealed' })]
  expect(heldOf(1, ballots, SITTING, '第十六次会议').map((one) => [one.ballot.id, one.session])).toEqual([[1, '第十二次会议'], [3, '第十五次会议']])
  expect(heldOf(1, [ballot(4, 3)], SITTING, '第十六次会议')[0]?.session).toBe('第十六次会议')
})

test('two groups of voters have one verdict', () => {
  expect(heldOf(1, [ballot(1, 1), ballot(2, 1)], SITTING, '').map((one) => one.ballot.id)).toEqual([1])
})
