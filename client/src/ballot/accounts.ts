/** Ballot accounting (应到 ≥ 实到 ≥ 发出 ≥ 收回, 有效 + 无效 = 收回, options = 有效), for pages that explain what fails. */
import type { BallotResult } from '../protocol/generated'

/** The names that the server gives in a refusal. */
export type Identity = 'due >= present' | 'issued <= present' | 'returned <= issued' | 'valid + invalid = returned' | 'options = valid'

/** The first that fails, in the server's order. */
export function failing(result: BallotResult): Identity | undefined {
  // With several items the counts go item by item; where only the grade is published there are none.
  const options = new Set(result.counts.map((one) => one.key)).size
  const rows = Array.from({ length: Math.ceil(result.counts.length / Math.max(1, options)) }, (_, row) => result.counts.slice(row * options, (row + 1) * options))
  const sums = rows.map((row) => row.reduce((all, one) => all + one.votes, 0))
  const rules: [boolean, Identity][] = [
    [result.due >= result.present, 'due >= present'],
    [result.issued <= result.present, 'issued <= present'],
    [result.returned <= result.issued, 'returned <= issued'],
    [result.valid + result.invalid === result.returned, 'valid + invalid = returned'],
    [sums.every((sum) => sum === result.valid), 'options = valid'],
  ]
  return rules.find(([holds]) => !holds)?.[1]
}

/** What can be told of a sealed round before it has a result: more back than given out, or more given out than present. */
export function overdrawn({ issued, returned, present }: { issued: number; returned: number; present: number }): Identity | undefined {
  if (issued > present) return 'issued <= present'
  return returned > issued ? 'returned <= issued' : undefined
}
