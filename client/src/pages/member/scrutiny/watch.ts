/** What a scrutineer's phone asks its member to do. */
import { counting, layoutOf } from '../../../ballot/paper'
import { foremost } from '../../../ballot/sheet'
import { confirmers, stepAhead } from '../../../ballot/steps'
import type { BallotView, PersonId, ScrutinyBallotView, ScrutinyRule, Step } from '../../../protocol/generated'

export type Duty = Step | 'paper'

/** The sheets that a scrutineer has something to see of: what is held comes first, then what was sealed last. */
export function watchedSheets(sheets: readonly (readonly BallotView[])[]): readonly (readonly BallotView[])[] {
  const rank = (sheet: readonly BallotView[]) => {
    const state = foremost(sheet)?.state
    return state === undefined || state === 'prepared' ? 0 : state === 'announced' ? 1 : 2
  }
  return sheets.filter((sheet) => rank(sheet) > 0).sort((a, b) => rank(b) - rank(a))
}

/** What is still asked of this scrutineer about one ballot. */
export function dutyOf(ballot: BallotView, watched: ScrutinyBallotView | undefined, rule: ScrutinyRule, me: { person: PersonId; name: string }): Duty | undefined {
  const step = stepAhead(ballot.state)
  const paper = watched?.paper
  const pile = ballot.state === 'closing' || ballot.state === 'sealed'
  if (pile && paper && paper.issued > 0 && counting(paper.entries, layoutOf(ballot)) !== 'agreed') {
    const counted = paper.entries.some(({ by }) => by.role === 'person' && by.person === me.person)
    // Two who differ look again; while nobody or one has counted, this member's count is as good as any.
    if (!counted || paper.entries.length > 1) return 'paper'
  }
  return rule === 'confirm' && step && !confirmers(watched?.confirmed, step).includes(me.name) ? step : undefined
}
