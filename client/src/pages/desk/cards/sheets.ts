/** Laying seat cards out on A4. */
import type { Card } from '../../../protocol/generated'

/** Two columns of four. */
export const CARDS_A_SHEET = 8
/** More pictures at once make a browser's print preview stall. */
export const SHEETS_A_BATCH = 25
export const CARDS_A_BATCH = CARDS_A_SHEET * SHEETS_A_BATCH

export function sheetsOf(cards: readonly Card[], batch: number): Card[][] {
  const taken = cards.slice(batch * CARDS_A_BATCH, (batch + 1) * CARDS_A_BATCH)
  const sheets: Card[][] = []
  for (let first = 0; first < taken.length; first += CARDS_A_SHEET) sheets.push(taken.slice(first, first + CARDS_A_SHEET))
  return sheets
}

export type NameSize = 'short' | 'middle' | 'long'

/** 阿依古丽·买买提 must fit beside the QR code too. */
export function nameSize(name: string): NameSize {
  const chars = [...name].length
  return chars <= 4 ? 'short' : chars <= 8 ? 'middle' : 'long'
}
