import { expect, test } from 'vitest'
import type { LedgerLineView } from '../../protocol/generated'
import { outstanding, pressing } from './outstanding'

const DAY_MS = 86_400_000
const NOW_MS = 1000 * DAY_MS
const signed = { handed_on: '2025-11-16', received_on: '2025-11-17' }
const due = (matter: 'plan' | 'report', ends_at: number, done_on = '') => ({ matter, due_on: '2025-12-17', done_on, ends_at })
const line = (ends_at: number, finding?: 'fake') =>
  ({ state: 'underway', ends_at, closed: undefined, checks: finding ? [{ finding }] : [] }) as unknown as LedgerLineView

test('opinions that were handed over and not signed for come first', () => {
  const all = outstanding({ handed_on: '2025-11-16', received_on: '' }, [due('plan', NOW_MS + DAY_MS)], [], NOW_MS)
  expect(all.map((one) => one.what)).toEqual(['receipt', 'filing'])
})

test('what is late stands before what is still to come', () => {
  const all = outstanding(signed, [due('plan', NOW_MS + DAY_MS), due('report', NOW_MS - 11 * DAY_MS)], [line(NOW_MS - 1), line(NOW_MS + 1, 'fake')], NOW_MS)
  expect(all).toEqual([
    { what: 'filing', matter: 'report', due_on: '2025-12-17', days_late: 12 },
    { what: 'late_lines', lines: 1 },
    { what: 'condemned_lines', lines: 1 },
    { what: 'filing', matter: 'plan', due_on: '2025-12-17', days_late: 0 },
  ])
  expect(all.map(pressing)).toEqual([true, true, true, false])
})

test('what was filed and what is not handed over yet asks for nothing', () => {
  expect(outstanding({ handed_on: '', received_on: '' }, [due('plan', NOW_MS - DAY_MS, '2025-12-10')], [], NOW_MS)).toEqual([])
})
