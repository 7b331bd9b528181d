/** The lines of a sheet's table: one a ballot, or one an item where a ballot has several and they are counted. */
import { byItem } from '../../ballot/items'
import type { BallotItem, BallotView, OptionCount } from '../../protocol/generated'

export interface Line {
  ballot: BallotView
  /** From 1, of the ballot. */
  place: number
  item: BallotItem | undefined
  counts: readonly OptionCount[] | undefined
  /** What is of the whole ballot stands in its first line. */
  first: boolean
}

/** Lines that a screen holds; more are shown in turn. */
export const LINES_MAX = 36

export function countsOf(ballot: BallotView): readonly OptionCount[] | undefined {
  return ballot.state === 'announced' ? ballot.result?.counts : ballot.tally
}

export const isCounted = (sheet: readonly BallotView[]): boolean => sheet.some((one) => (countsOf(one)?.length ?? 0) > 0)

export function linesOf(sheet: readonly BallotView[]): Line[] {
  const counted = isCounted(sheet)
  return sheet.flatMap((ballot, at): Line[] => {
    const place = at + 1
    const counts = countsOf(ballot)
    const parts = counted && counts ? byItem(ballot, counts) : []
    if (parts.length === 0) return [{ ballot, place, item: undefined, counts, first: true }]
    return parts.map((part, row) => ({ ballot, place, ...part, first: row === 0 }))
  })
}
