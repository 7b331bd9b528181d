/** Where something that is due stands on a given instant. */
import { daysLeft, daysOver } from '../../../ledger/standing'
import type { DueView } from '../../../protocol/generated'

export type Standing =
  /** `late`: handed in after its last day. */
  | { state: 'done'; late: boolean }
  /** Whole days since the last day ended. */
  | { state: 'late'; days: number }
  /** Whole days until the last day begins to end: 0 is the last day itself. */
  | { state: 'open'; days: number }

export function standing(due: DueView, now_ms: number): Standing {
  // Days of the record compare as texts do.
  if (due.done_on !== '') return { state: 'done', late: due.done_on > due.due_on }
  const over = daysOver(due.ends_at, now_ms)
  return over > 0 ? { state: 'late', days: over } : { state: 'open', days: daysLeft(due.ends_at, now_ms) }
}
