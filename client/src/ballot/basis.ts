/** Why a result has its grade, for the sentence under it. */
import type { BallotResult, BallotView } from '../protocol/generated'
import { several, shownOf } from './items'

export type Basis = { type: 'majority'; label: string; votes: number } | { type: 'default'; labels: string[] }

type Asked = Pick<BallotView, 'options' | 'items' | 'voters' | 'detail' | 'state'>

/**
 * Without a majority the default grade applies; the labels are of the other choices, none of which reached more than half.
 * Nothing where one sentence does not tell it: several items or groups of voters, no grade, or votes that are not published.
 */
export function basisOf(result: BallotResult, ballot: Asked): Basis | undefined {
  if (several(ballot) || ballot.voters || !shownOf(ballot).votes || result.verdict.grade.reached !== 'grade') return undefined
  const winner = result.counts.find((one) => one.key === result.by_majority_of)
  if (winner) return { type: 'majority', label: winner.label, votes: winner.votes }
  if (result.verdict.grade.by_rule !== undefined) return undefined
  const others = ballot.options.filter((one) => one.kind === 'choice' && one.key !== result.grade)
  return { type: 'default', labels: others.map((one) => one.label) }
}
