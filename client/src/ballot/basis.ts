/** Why a result has its grade, for the sentence under it. */
import type { BallotResult, BallotView } from '../protocol/generated'
import { several, shownOf } from './items'

export type Basis = { type: 'majority'; label: string; votes: number } | { type: 'default'; labels: string[] }

type Asked = Pick<BallotView, 'options' | 'items' | 'voters' | 'detail' | 'state'>

/**
 * Without a majority the default grade applies; the labels are of the other choices that did not reach more than half. Where
 * grades are no options (整改情况予以认可), it is the worst choice that did not.
 * Nothing where one sentence does not tell it: several items or groups of voters, no grade, or votes that are not published.
 */
export function basisOf(result: BallotResult, ballot: Asked): Basis | undefined {
  if (several(ballot) || ballot.voters || !shownOf(ballot).votes || result.verdict.grade.reached !== 'grade') return undefined
  const winner = result.counts.find((one) => one.key === result.by_majority_of)
  if (winner) return { type: 'majority', label: winner.label, votes: winner.votes }
  if (result.verdict.grade.by_rule !== undefined) return undefined
  const votes = (key: string) => result.counts.find((one) => one.key === key)?.votes ?? 0
  const choices = ballot.options.filter((one) => one.kind === 'choice')
  const asked = choices.some((one) => one.key === result.grade) ? choices.filter((one) => one.key !== result.grade) : choices.slice(-1)
  const below = asked.filter((one) => votes(one.key) < result.majority)
  return below.length > 0 ? { type: 'default', labels: below.map((one) => one.label) } : undefined
}
