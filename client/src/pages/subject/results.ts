/** A subject's announced results over all sittings, in their order. */
import { sessionOf } from '../../ballot/sittings'
import type { BallotView, SittingView, SubjectId } from '../../protocol/generated'

export interface Held {
  ballot: BallotView
  /** Of the sitting that held it. */
  session: string
}

/** `session`: of the present sitting. Groups of voters share a verdict: the first one's ballot tells it. */
export function heldOf(subject: SubjectId, ballots: readonly BallotView[], sitting: SittingView | undefined, session: string): Held[] {
  const announced = ballots.filter((one) => one.subject === subject && one.state === 'announced' && one.result)
  const first = announced.filter((one, at) => announced.findIndex((other) => other.sitting === one.sitting) === at)
  return first.map((ballot) => ({ ballot, session: sessionOf(ballot, sitting?.past, session) }))
}
