/** Pages that a screen without hands shows in turn. */
import { rollOf } from '../../ballot/items'
import type { BallotView, RollLine } from '../../protocol/generated'

const TURN_MS = 15_000
/** Names that can be read from the last row. */
const NAMES_MAX = 60

export interface RollPage {
  ballot: BallotView
  lines: RollLine[]
}

/** The rolls of these ballots, in screens of names. */
export function rollPages(ballots: readonly BallotView[]): RollPage[] {
  return ballots.flatMap((ballot) => {
    const roll = rollOf(ballot)
    return Array.from({ length: Math.ceil(roll.length / NAMES_MAX) }, (_, at) => ({ ballot, lines: roll.slice(at * NAMES_MAX, (at + 1) * NAMES_MAX) }))
  })
}

export class Turning {
  at = $state(0)

  /** To be run in an effect: turns through that many pages, the first of them first. */
  run(pages: number): () => void {
    this.at = 0
    if (pages < 2) return () => {}
    const timer = setInterval(() => {
      this.at = (this.at + 1) % pages
    }, TURN_MS)
    return () => clearInterval(timer)
  }
}
