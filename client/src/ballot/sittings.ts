/** A case has several sittings, and a ballot belongs to one of them. */
import type { BallotView, ItemView, SittingView, SubjectView } from '../protocol/generated'

/** The name of the sitting that held the ballot; `present` is that of the one which is not over. */
export function sessionOf({ sitting }: Pick<BallotView, 'sitting'>, past: SittingView['past'], present: string): string {
  return past?.[sitting - 1]?.session_name ?? present
}

/** A subject's ballot if it is of this sitting; an earlier sitting's is history. */
export function ballotHere(ballot: BallotView | undefined, sitting: SittingView | undefined): BallotView | undefined {
  return ballot?.sitting === sitting?.number ? ballot : undefined
}

/** Whom this sitting is about: everybody in the first one, later those on its agenda. */
export function subjectsHere(subjects: SubjectView[], items: readonly ItemView[], sitting: SittingView | undefined): SubjectView[] {
  if ((sitting?.number ?? 1) === 1) return subjects
  const named = new Set(items.flatMap((item) => [item.subject, ...(item.subjects ?? [])]))
  return subjects.filter((one) => named.has(one.id))
}
