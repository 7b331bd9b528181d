/** A connection for tests: views that can be changed, and the orders that were sent. */
import { Views } from '../../connection/views.svelte'
import type { BallotView, Command, ConsoleView, Expects, SubjectView, Verdict } from '../../protocol/generated'
import type { SharedFamilies, SharedViews } from '../../protocol/keys'
import { Hall, type HallSource } from './hall.svelte'

export interface Sent {
  command: Command
  expects?: Expects
}

export function ballot(over: Partial<BallotView> = {}): BallotView {
  return {
    id: 1, subject: 1, sitting: 1, matter: 'appraisal', round: 1, state: 'open', display: 'live', options: [], secrecy: 'named', due: 28, present: 27, recused: 0, by_hands: false, detail: 'counts_and_percentages', final_press: false, issued: 27, returned: 19, majority: 15,
    presented_at: 0, opened_at: 0, limit_ends_at: 0, paused_left_ms: 0, closed_at: 0, seals_at: 0, announced_at: 0, voided: [], ...over,
  }
}

export function subject(over: Partial<SubjectView> = {}): SubjectView {
  return { id: 1, officer: '', post: '局长', unit: '区教育局', report: 'oral', documents: [], ballot: 1, ...over }
}

export const consoleView = (over: Partial<ConsoleView> = {}): ConsoleView => ({ held_by: 'chair', next: { type: 'close_ballot', ballot: 1 }, queue: [], ...over })

export class FakeSource implements HallSource {
  status: HallSource['status'] = 'live'
  ready = true
  clockOffsetMs = 0
  end = undefined
  verdict: Verdict = { type: 'accepted', reply: { type: 'done' } }
  readonly sent: Sent[] = []
  readonly views = new Views<SharedViews, SharedFamilies>()

  set(values: Partial<SharedViews>): void {
    this.views.change(values, [])
  }
  view: HallSource['view'] = (key) => this.views.get(key)
  numbered: HallSource['numbered'] = (family) => this.views.numbered(family)
  nowMs = () => 0

  send(command: Command, expects?: Expects): Promise<Verdict> {
    this.sent.push({ command, expects })
    return Promise.resolve(this.verdict)
  }
}

/** The chair's hall with one ballot being held. */
export function hallOf(source: FakeSource): Hall {
  source.set({
    console: consoleView(),
    sitting: { state: 'open', number: 1, opened_at: 1, closed_at: 0, current: 8, running_ballot: 1 },
    settings: { question_review: 'first', tally_display: 'live', written_answer_days: 15, ballot_limit_s: 120, secrecy: 'named' },
    'ballot/1': ballot(),
    'subject/1': subject(),
  })
  return new Hall(source, 'chair')
}
