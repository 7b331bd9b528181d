/** Paper beside phones in one ballot: what two people count, where they differ, and what is left of a result without it. */
import type { BallotResult, BallotView, PaperCount, PaperEntry } from '../protocol/generated'

/** What came back by phone and tablet: the part of a result that a secret round's board holds. */
export function withoutPaper(result: BallotResult): { counts: number[]; returned: number } {
  // Item by item, as the result's own counts.
  const cells = (result.paper?.votes ?? []).flat()
  return {
    // Paper that is more than the whole gives less than nothing, which no board agrees with.
    counts: result.counts.map((one, place) => one.votes - (cells[place] ?? 0)),
    returned: result.returned - (result.paper?.returned ?? 0),
  }
}

/** How many rows a paper has, one for each item that is marked by itself, and how many options each. */
export interface Layout {
  rows: number
  options: number
}

export const layoutOf = ({ items, options }: Pick<BallotView, 'items' | 'options'>): Layout => ({ rows: Math.max(1, items?.length ?? 0), options: options.length })

/** The figures of a count, as a form lists them one below the other. */
export type Figure = 'returned' | 'blank' | 'invalid' | { row: number; option: number }

export function figuresOf({ rows, options }: Layout): Figure[] {
  const cells = Array.from({ length: rows * options }, (_, place) => ({ row: Math.floor(place / options), option: place % options }))
  return [...cells, 'blank', 'invalid', 'returned']
}

export function figure(count: PaperCount, which: Figure): number {
  return typeof which === 'string' ? count[which] : (count.votes[which.row]?.[which.option] ?? 0)
}

/** What somebody is counting, as typed. */
export interface Draft {
  votes: string[][]
  blank: string
  invalid: string
}

export const emptyDraft = ({ rows, options }: Layout): Draft => ({
  votes: Array.from({ length: rows }, () => Array.from({ length: options }, () => '')),
  blank: '',
  invalid: '',
})

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
  const votes = draft.votes.map((row) => row.flatMap((text) => whole(text) ?? []))
  const unfinished = votes.some((row, place) => row.length !== draft.votes[place]?.length)
  if (pile === undefined || blank === undefined || invalid === undefined || unfinished) return { type: 'unfinished' }
  const sums = votes.map((row) => row.reduce((all, one) => all + one, blank + invalid))
  const wrong = sums.find((sum) => sum !== pile)
  return wrong === undefined ? { type: 'count', count: { returned: pile, blank, invalid, votes } } : { type: 'differs', sum: wrong, returned: pile }
}

/** The figures in which not all entries say the same. */
export function differences(entries: readonly PaperEntry[], layout: Layout): Figure[] {
  const [first, ...others] = entries
  if (!first) return []
  return figuresOf(layout).filter((one) => others.some((other) => figure(other.count, one) !== figure(first.count, one)))
}

export type Counting = 'nobody' | 'one' | 'differ' | 'agreed'

/** How far the count has come: two must have counted, and all who counted must agree. */
export function counting(entries: readonly PaperEntry[], layout: Layout): Counting {
  if (entries.length === 0) return 'nobody'
  if (entries.length === 1) return 'one'
  return differences(entries, layout).length > 0 ? 'differ' : 'agreed'
}
