/** Who takes part how, as the office sees and records it. */
import type { BallotView, PersonView, SubjectView } from '../../../protocol/generated'

export type Shown = 'all' | 'apart'

export function recusedFrom(person: PersonView, subjects: readonly SubjectView[]): SubjectView[] {
  return subjects.filter((one) => one.recused?.includes(person.id))
}

/** Members found by name or seat; `apart` are those who do not simply vote by phone. */
export function votersShown(people: readonly PersonView[], subjects: readonly SubjectView[], search: string, shown: Shown): PersonView[] {
  const wanted = search.trim()
  return people.filter((one) => {
    if (one.kind !== 'member' || !`${one.name}\n${one.seat}`.includes(wanted)) return false
    return shown === 'all' || one.way !== 'phone' || one.attendance === 'excused' || recusedFrom(one, subjects).length > 0
  })
}

/** Recusal is recorded before the ballot on the subject begins. */
export function open(subject: SubjectView, ballots: readonly BallotView[]): boolean {
  const ballot = ballots.find((one) => one.id === subject.ballot)
  return ballot === undefined || ballot.state === 'prepared'
}

/** Paper was handed out and may be counted. */
export const pile = ({ state, paper, by_hands }: BallotView): boolean => (state === 'closing' || state === 'sealed') && paper !== undefined && !by_hands
