/** Where something that is due stands on a given instant. */
import type { DueView } from '../../../protocol/generated'

const DAY_MS = 86_400_000

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
  const left_ms = due.ends_at - now_ms
  if (left_ms <= 0) return { state: 'late', days: Math.floor(-left_ms / DAY_MS) + 1 }
  return { state: 'open', days: Math.floor((left_ms - 1) / DAY_MS) }
}
