/** Ballots on one sheet: several subjects on one paper, opened and announced together, each counted by itself. */
import type { BallotId, BallotState, BallotView } from '../protocol/generated'

/** The ballots of the sheet in its order, this one among them; alone where there is no sheet. */
export function sheetOf(ballot: BallotView, find: (id: BallotId) => BallotView | undefined): BallotView[] {
  if (!ballot.sheet?.length) return [ballot]
  return ballot.sheet.flatMap((id) => (id === ballot.id ? ballot : (find(id) ?? [])))
}

/** How many subjects the sheet has, and how many groups of voters: each group has a ballot of its own on each subject. */
export const subjectsOn = (sheet: readonly BallotView[]): number => new Set(sheet.map((one) => one.subject)).size
export const groupsOn = (sheet: readonly BallotView[]): number => new Set(sheet.map((one) => one.voters ?? '')).size

/** Those that an order to `ballot` is an order to: one whose round was voided follows on its own. */
export const together = (ballot: BallotView, sheet: readonly BallotView[]): BallotView[] => sheet.filter((one) => one.state === ballot.state)

/** What is presented is opened before the rest is closed; what was voided is held again before the rest is announced. */
const FOREMOST: readonly BallotState[] = ['presented', 'paused', 'open', 'closing', 'prepared', 'sealed', 'announced']

/** The ballot whose step comes first: where the sheet as a whole stands. */
export function foremost(sheet: readonly BallotView[]): BallotView | undefined {
  for (const state of FOREMOST) {
    const found = sheet.find((one) => one.state === state)
    if (found) return found
  }
  return undefined
}

/** Those of the sheet that were in the round which an entry of the minutes tells of: a voided one had gone on by then. */
export function inRound(sheet: readonly BallotView[], round: number, at: number): BallotView[] {
  return sheet.filter((one) => one.voided.filter((voided) => voided.at <= at).length + 1 === round)
}
