/** Ballot accounting (应到 ≥ 实到 ≥ 发出 ≥ 收回, 有效 + 无效 = 收回, options = 有效), for pages that explain what fails. */
import type { BallotResult } from '../protocol/generated'

/** The names that the server gives in a refusal. */
export type Identity = 'due >= present' | 'issued <= present' | 'returned <= issued' | 'valid + invalid = returned' | 'options = valid'

/** The first that fails, in the server's order. */
export function failing(result: BallotResult): Identity | undefined {
  const sum = result.counts.reduce((all, one) => all + one.votes, 0)
  const rules: [boolean, Identity][] = [
    [result.due >= result.present, 'due >= present'],
    [result.issued <= result.present, 'issued <= present'],
    [result.returned <= result.issued, 'returned <= issued'],
    [result.valid + result.invalid === result.returned, 'valid + invalid = returned'],
    [sum === result.valid, 'options = valid'],
  ]
  return rules.find(([holds]) => !holds)?.[1]
}
