/** Paper beside phones in one ballot: what two people count, where they differ, and what is left of a result without it. */
import type { BallotResult, PaperCount, PaperEntry } from '../protocol/generated'

/** What came back by phone and tablet: the part of a result that a secret round's board holds. */
export function withoutPaper(result: BallotResult): { counts: number[]; returned: number } {
  const row = result.paper?.votes[0] ?? []
  return {
    // Paper that is more than the whole gives less than nothing, which no board agrees with.
    counts: result.counts.map((one, place) => one.votes - (row[place] ?? 0)),
    returned: result.returned - (result.paper?.returned ?? 0),
  }
}

/** The figures of a count, as a form lists them one below the other. */
export type Figure = 'returned' | 'blank' | 'invalid' | { option: number }

export const figuresOf = (options: number): Figure[] => [...Array.from({ length: options }, (_, option) => ({ option })), 'blank', 'invalid', 'returned']

export function figure(count: PaperCount, which: Figure): number {
  return typeof which === 'string' ? count[which] : (count.votes[0]?.[which.option] ?? 0)
}

/** What somebody is counting, as typed. */
export interface Draft {
  votes: string[]
  blank: string
  invalid: string
}

export const emptyDraft = (options: number): Draft => ({ votes: Array.from({ length: options }, () => ''), blank: '', invalid: '' })

/** The server's bound; far above any pile. */
const SLIPS_MAX = 100_000

function whole(text: string): number | undefined {
  const number = /^\d+$/.test(text.trim()) ? Number(text) : Number.NaN
  return number <= SLIPS_MAX ? number : undefined
}

/** Slips returned are counted on their own, before they are sorted: only so is a slip that was overlooked found. */
export type Counted = { type: 'count'; count: PaperCount } | { type: 'unfinished' } | { type: 'differs'; sum: number; returned: number }

export function counted(draft: Draft, returned: string): Counted {
  const pile = whole(returned)
  const blank = whole(draft.blank)
  const invalid = whole(draft.invalid)
  const votes = draft.votes.map(whole)
  if (pile === undefined || blank === undefined || invalid === undefined || !votes.every((one) => one !== undefined)) return { type: 'unfinished' }
  const sum = votes.reduce((all, one) => all + one, 0) + blank + invalid
  return sum === pile ? { type: 'count', count: { returned: pile, blank, invalid, votes: [votes] } } : { type: 'differs', sum, returned: pile }
}

/** The figures in which not all entries say the same. */
export function differences(entries: readonly PaperEntry[], options: number): Figure[] {
  const [first, ...others] = entries
  if (!first) return []
  return figuresOf(options).filter((one) => others.some((other) => figure(other.count, one) !== figure(first.count, one)))
}

export type Counting = 'nobody' | 'one' | 'differ' | 'agreed'

/** How far the count has come: two must have counted, and all who counted must agree. */
export function counting(entries: readonly PaperEntry[], options: number): Counting {
  if (entries.length === 0) return 'nobody'
  if (entries.length === 1) return 'one'
  return differences(entries, options).length > 0 ? 'differ' : 'agreed'
}
