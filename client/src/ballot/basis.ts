/** Why a result has its grade, for the sentence under it. */
import type { BallotResult, BallotView, Tried } from '../protocol/generated'
import { several, shownOf } from './items'

export type Basis = { type: 'majority'; label: string; votes: number } | { type: 'default'; labels: string[] }

type Asked = Pick<BallotView, 'options' | 'items' | 'voters' | 'detail' | 'state'>

/** The rule asked whether one choice has more than half of all members. */
const asksMajority = ({ quantity, op, fraction }: Tried): boolean =>
  quantity.measure === 'votes' && quantity.of === 'roster' && quantity.options.length === 1 && quantity.group === undefined && quantity.dimension === undefined && op === '>' && fraction.num * 2 === fraction.den

/**
 * Where no rule holds the default grade applies; the labels are of the choices that the rules asked about and that did not
 * reach more than half. Which they are, the verdict tells: the grade does not (责成继续整改 may follow from too few 满意).
 * Nothing where a rule asked for something else than half of all members, nor where one sentence does not tell it: several
 * items or groups of voters, no grade, or votes that are not published.
 */
export function basisOf(result: BallotResult, ballot: Asked): Basis | undefined {
  if (several(ballot) || ballot.voters || !shownOf(ballot).votes || result.verdict.grade.reached !== 'grade') return undefined
  const winner = result.counts.find((one) => one.key === result.by_majority_of)
  if (winner) return winner.votes * 2 > result.due ? { type: 'majority', label: winner.label, votes: winner.votes } : undefined
  if (result.verdict.grade.by_rule !== undefined) return undefined
  const tried = result.verdict.reasons.flatMap((step) => step.tried)
  if (!tried.every(asksMajority)) return undefined
  const missed = new Set(tried.filter((one) => !one.held).flatMap((one) => one.quantity.options))
  const labels = ballot.options.filter((one) => missed.has(one.key)).map((one) => one.label)
  return labels.length > 0 ? { type: 'default', labels } : undefined
}
