/** A case has several sittings, and a ballot belongs to one of them. */
import type { BallotView, SittingView } from '../protocol/generated'

/** The name of the sitting that held the ballot; `present` is that of the one which is not over. */
export function sessionOf({ sitting }: Pick<BallotView, 'sitting'>, past: SittingView['past'], present: string): string {
  return past?.[sitting - 1]?.session_name ?? present
}
