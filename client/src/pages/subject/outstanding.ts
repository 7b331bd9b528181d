/** What an officer still has to do, most urgent first: the page opens with it, for the rest is several screens long. */
import { condemned, daysLate, daysOver } from '../../ledger/standing'
import type { DueMatter, DueView, LedgerLineView, MySubjectView } from '../../protocol/generated'

export type Outstanding =
  | { what: 'filing'; matter: DueMatter; due_on: string; days_late: number }
  | { what: 'receipt' }
  | { what: 'late_lines' | 'condemned_lines'; lines: number }

type Receipt = Pick<MySubjectView, 'handed_on' | 'received_on'>
type Due = Pick<DueView, 'matter' | 'due_on' | 'done_on' | 'ends_at'>

export function outstanding(receipt: Receipt, dues: readonly Due[], lines: readonly LedgerLineView[], now_ms: number): Outstanding[] {
  const filings = dues
    .filter((one) => one.done_on === '')
    .sort((a, b) => a.ends_at - b.ends_at)
    .map((one) => ({ what: 'filing' as const, matter: one.matter, due_on: one.due_on, days_late: daysOver(one.ends_at, now_ms) }))
  const late = lines.filter((line) => daysLate(line, now_ms) > 0).length
  const bad = lines.filter(condemned).length
  return [
    ...(receipt.handed_on !== '' && receipt.received_on === '' ? [{ what: 'receipt' as const }] : []),
    ...filings.filter((one) => one.days_late > 0),
    ...(late > 0 ? [{ what: 'late_lines' as const, lines: late }] : []),
    ...(bad > 0 ? [{ what: 'condemned_lines' as const, lines: bad }] : []),
    ...filings.filter((one) => one.days_late === 0),
  ]
}

/** Something was missed or found wanting, and is not merely still to come. */
export function pressing(one: Outstanding): boolean {
  return one.what === 'late_lines' || one.what === 'condemned_lines' || (one.what === 'filing' && one.days_late > 0)
}
