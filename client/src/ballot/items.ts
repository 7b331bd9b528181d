/** Ballots with several items (测评项): each gets one mark, and counts come item by item. One mark for the whole is one item. */
import type { BallotItem, BallotOption, BallotView, OptionCount } from '../protocol/generated'

type Asked = Pick<BallotView, 'items' | 'options'>

/** What is marked so far, an option's place (from 0) for each item. */
export type Marks = readonly (number | undefined)[]

export const several = ({ items }: Pick<BallotView, 'items'>): boolean => items !== undefined && items.length > 0

export const itemsOf = ({ items }: Pick<BallotView, 'items'>): number => Math.max(1, items?.length ?? 0)

export const noMarks = (ballot: Pick<BallotView, 'items'>): Marks => Array.from({ length: itemsOf(ballot) }, () => undefined)

export const marked = (marks: Marks, item: number, option: number): Marks => marks.map((one, at) => (at === item ? option : one))

/** The vote, once every item is marked. */
export function choicesOf(ballot: Asked, marks: Marks): number[] | undefined {
  const choices = marks.filter((one) => one !== undefined)
  const onBallot = choices.every((one) => Number.isInteger(one) && one >= 0 && one < ballot.options.length)
  return marks.length === itemsOf(ballot) && choices.length === marks.length && onBallot ? choices : undefined
}

export interface ItemCounts {
  /** None where one mark is for the whole. */
  item: BallotItem | undefined
  counts: readonly OptionCount[]
}

/** Counts by item, in order; none where none are published. */
export function byItem({ items, options }: Asked, counts: readonly OptionCount[]): ItemCounts[] {
  if (counts.length === 0) return []
  if (!items || items.length === 0) return [{ item: undefined, counts }]
  return items.map((item, at) => ({ item, counts: counts.slice(at * options.length, (at + 1) * options.length) }))
}

/** Which figures of a result are for the hall. */
export interface Shown {
  votes: boolean
  percent: boolean
}

export function shownOf({ detail, state }: Pick<BallotView, 'detail' | 'state'>): Shown {
  // A running tally is of votes; how the result is published does not bind it.
  if (state !== 'announced') return { votes: true, percent: true }
  return { votes: detail === 'counts' || detail === 'counts_and_percentages', percent: detail === 'percentages' || detail === 'counts_and_percentages' }
}

/** Who chose what, if it may be shown: names with choices would tell the counts that a rule keeps back. */
export function rollOf(ballot: Pick<BallotView, 'roll' | 'state' | 'secrecy' | 'detail'>): NonNullable<BallotView['roll']> {
  const open = ballot.state === 'announced' && ballot.secrecy === 'named' && shownOf(ballot).votes
  return open ? (ballot.roll ?? []) : []
}

/** A roll in columns that a hall can read, filled from the top. */
export function rollColumns(people: number): { columns: number; rows: number } {
  const columns = Math.max(1, Math.ceil(people / 15))
  return { columns, rows: Math.ceil(people / columns) }
}

export const optionAt = (options: readonly BallotOption[], place: number | undefined): BallotOption | undefined => (place === undefined ? undefined : options[place])
