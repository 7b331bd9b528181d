/** Why a result has its grade, for the sentence under it. */
import type { BallotOption, BallotResult } from '../protocol/generated'

export type Basis = { type: 'majority'; label: string; votes: number } | { type: 'default'; labels: string[] }

/** Without a majority the default grade applies; the labels are of the other choices, none of which reached more than half. */
export function basisOf(result: BallotResult, options: readonly BallotOption[]): Basis {
  const winner = result.counts.find((one) => one.key === result.by_majority_of)
  if (winner) return { type: 'majority', label: winner.label, votes: winner.votes }
  const others = options.filter((one) => one.kind === 'choice' && one.key !== result.grade)
  return { type: 'default', labels: others.map((one) => one.label) }
}
