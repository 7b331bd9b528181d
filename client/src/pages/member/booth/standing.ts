/** What the tablet shows a member, from how the rows of the sheet stand for them. */
import type { BallotView, MyBallotView } from '../../../protocol/generated'
import type { Standing } from '../voting.svelte'

export interface BoothRow {
  ballot: BallotView
  my: MyBallotView | undefined
  standing: Standing
  recorded: boolean
  /** Its token is on this tablet. */
  holds: boolean
}

export type Seen =
  | 'none'
  | 'soon'
  | 'attendee'
  | 'taken'
  | 'paper'
  | 'recused'
  | 'too_old'
  | 'already'
  | 'missed'
  /** Options, or a word about why there are none. */
  | 'vote'
  | 'sending'
  | 'recorded'

/** `voted`: a vote was submitted at this tablet since the member sat down. */
export function seenBy(rows: readonly BoothRow[], voted: boolean): Seen {
  if (rows.some((row) => row.standing === 'sending' || (voted && row.standing === 'taking'))) return 'sending'
  if (rows.some((row) => row.standing === 'attendee')) return 'attendee'
  const held = rows.filter(({ ballot: { state } }) => state === 'presented' || state === 'open' || state === 'paused' || state === 'closing')
  if (held.length === 0) {
    const mine = rows.filter((row) => row.recorded)
    if (mine.length > 0) return 'recorded'
    return voted ? 'missed' : 'none'
  }
  const own = held.filter(({ standing }) => standing !== 'recused')
  if (own.length === 0) return 'recused'
  for (const apart of ['paper', 'too_old'] as const) if (own.some((row) => row.standing === apart)) return apart
  // A token is given once; it is on whatever took it.
  if (own.some((row) => row.my?.token_taken === true && row.my.round === row.ballot.round && !row.holds && !voted)) return 'taken'
  const recorded = own.filter((row) => row.recorded)
  if (recorded.length === own.length) return voted ? 'recorded' : 'already'
  if (own.every((row) => row.standing === 'soon')) return 'soon'
  return 'vote'
}

/** A token is on this tablet and its vote has no answer yet: forgetting now would lose the member's vote. */
export function bound(rows: readonly BoothRow[]): boolean {
  const running = ({ ballot: { state } }: BoothRow) => state === 'presented' || state === 'open' || state === 'paused' || state === 'closing'
  return rows.some((row) => row.standing === 'sending' || (row.holds && !row.recorded && running(row)))
}
