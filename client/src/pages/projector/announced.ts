/** What the screen shows of announced ballots, page by page: the figures, the text that is read out, who chose what. */
import { rollOf } from '../../ballot/items'
import type { BallotView, RollLine } from '../../protocol/generated'

/** Names that can be read from the last row. */
const NAMES_MAX = 60
/** Characters of a text on one page, large enough for the last row: beside a grade, and across the whole screen. */
const BESIDE_MAX = 230
const ACROSS_MAX = 330

/** A piece of what was read out about a subject. */
export interface Told {
  ballot: BallotView
  text: string
}

export type Page = { type: 'figures'; part: number } | { type: 'told'; told: readonly Told[] } | { type: 'roll'; ballot: BallotView; lines: readonly RollLine[] }

/** One ballot: its text stands beside the grade, in turn with the chart; alone where the rule publishes no counts. */
export function pagesOf(ballot: BallotView): Page[] {
  const told: Page[] = pieces(ballot, BESIDE_MAX).map((one) => ({ type: 'told', told: [one] }))
  const charted = (ballot.result?.counts.length ?? 0) > 0
  if (!charted && told.length > 0) return told
  return inTurn(1, told, rollPages([ballot]))
}

/** A sheet, whose table takes so many screens: as many texts on a page as it holds, in turn with the table. Groups that vote on one subject have one text. */
export function sheetPages(sheet: readonly BallotView[], parts: number): Page[] {
  const pages: Told[][] = []
  let left = 0
  const seen = new Set<string>()
  for (const ballot of sheet) {
    const key = `${ballot.subject} ${ballot.result?.text ?? ''}`
    if (seen.has(key)) continue
    seen.add(key)
    for (const piece of pieces(ballot, ACROSS_MAX)) {
      const last = pages[pages.length - 1]
      if (last && piece.text.length <= left) last.push(piece)
      else {
        pages.push([piece])
        left = ACROSS_MAX
      }
      left -= piece.text.length
    }
  }
  return inTurn(parts, pages.map((told) => ({ type: 'told', told })), rollPages(sheet))
}

/** The figures stand first and between the texts: they are what the hall waited for. Then who chose what. */
function inTurn(parts: number, told: readonly Page[], rolls: readonly Page[]): Page[] {
  const figures = Array.from({ length: parts }, (_, part): Page => ({ type: 'figures', part }))
  const pages = told.flatMap((one) => [...figures, one])
  return rolls.length > 0 || pages.length === 0 ? [...pages, ...figures, ...rolls] : pages
}

/** The text of an announced ballot in pieces of so many characters at most, cut where a sentence ends. */
function pieces(ballot: BallotView, max: number): Told[] {
  const text = ballot.state === 'announced' ? (ballot.result?.text ?? '') : ''
  const cut: string[] = []
  for (const clause of text.match(/[^。；]+[。；]?/g) ?? []) {
    for (let at = 0; at < clause.length; at += max) {
      const part = clause.slice(at, at + max)
      const last = cut[cut.length - 1]
      if (last !== undefined && last.length + part.length <= max) cut[cut.length - 1] = last + part
      else cut.push(part)
    }
  }
  return cut.map((one) => ({ ballot, text: one }))
}

/** The rolls of these ballots, in screens of names. */
function rollPages(ballots: readonly BallotView[]): Page[] {
  return ballots.flatMap((ballot) => {
    const roll = rollOf(ballot)
    return Array.from({ length: Math.ceil(roll.length / NAMES_MAX) }, (_, at): Page => ({ type: 'roll', ballot, lines: roll.slice(at * NAMES_MAX, (at + 1) * NAMES_MAX) }))
  })
}
