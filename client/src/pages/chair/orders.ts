/** The orders that a console gives, and which of them the chair is asked about before they go. */
import type { Attendance, BallotId, Command, ConsoleSeat, ConsoleView, ItemId, LotId, PaperCount, PersonId, QuestionId, Screen, SubjectId, TallyDisplay, VoidCause, Way } from '../../protocol/generated'

export type OrderName =
  | 'open_sitting'
  | 'begin_item'
  | 'skip_to_item'
  | 'close_sitting'
  | 'take_question'
  | 'accept_question'
  | 'answer_question'
  | 'defer_question'
  | 'skip_question'
  | 'present_ballot'
  | 'open_ballot'
  | 'pause_ballot'
  | 'resume_ballot'
  | 'extend_ballot'
  | 'close_ballot'
  | 'announce_ballot'
  | 'void_ballot'
  | 'display_ballot'
  | 'show_screen'
  | 'hand_console'
  | 'record_attendance'
  | 'set_way'
  | 'recuse'
  | 'lift_recusal'
  | 'appoint_scrutineers'
  | 'replace_scrutineer'
  | 'note_incident'
  | 'count_paper'
  | 'show_hands'
  | 'call_speaker'
  | 'end_speech'
  | 'draw_lot'

/** Orders that the office gives as well: they do not take the console. */
export const OFFICE: ReadonlySet<OrderName> = new Set([
  'record_attendance', 'accept_question', 'hand_console', 'set_way', 'recuse', 'lift_recusal', 'note_incident', 'count_paper', 'draw_lot',
])

/** no: done at once; ordinary, danger: a dialog first, danger where nothing brings it back. */
export type Asks = 'no' | 'ordinary' | 'danger'

export interface Order {
  name: OrderName
  command: Command
  asks: Asks
  /** The ballot whose conduct this is: such an order carries what the chair saw of it. */
  ballot?: BallotId
  item?: ItemId
  question?: QuestionId
}

/** What one press of 延长 adds. */
export const EXTENSION_S = 60

/** Time limits on offer before opening, in seconds; 0 is without a limit. */
export const LIMITS_S = [0, 60, 120, 180, 300, 600] as const

const plain = (name: OrderName, command: Command, asks: Asks = 'no'): Order => ({ name, command, asks })
const conduct = (name: OrderName, ballot: BallotId, command: Command, asks: Asks = 'no'): Order => ({ name, command, asks, ballot })

export const openSitting = (): Order => plain('open_sitting', { type: 'sitting.open/1', body: {} })
export const closeSitting = (): Order => plain('close_sitting', { type: 'sitting.close/1', body: {} }, 'danger')
export const beginItem = (item: ItemId): Order => ({ ...plain('begin_item', { type: 'item.begin/1', body: { item } }), item })
export const skipToItem = (item: ItemId): Order => ({ ...plain('skip_to_item', { type: 'item.begin/1', body: { item } }, 'ordinary'), item })
export const showScreen = (screen: Screen): Order => plain('show_screen', { type: 'screen.show/1', body: { screen } })

export const recordAttendance = (person: PersonId, attendance: Attendance): Order =>
  plain('record_attendance', { type: 'attendance.record/1', body: { person, attendance } })
export const setWay = (person: PersonId, way: Way): Order => plain('set_way', { type: 'person.way/1', body: { person, way } })
export const recuse = (person: PersonId, subject: SubjectId, reason: string): Order => plain('recuse', { type: 'recusal.record/1', body: { person, subject, reason } })
export const liftRecusal = (person: PersonId, subject: SubjectId): Order => plain('lift_recusal', { type: 'recusal.lift/1', body: { person, subject } })
export const appointScrutineers = (persons: PersonId[]): Order => plain('appoint_scrutineers', { type: 'scrutineers.appoint/1', body: { persons } })
export const replaceScrutineer = (out: PersonId, by: PersonId, reason: string): Order =>
  plain('replace_scrutineer', { type: 'scrutineers.replace/1', body: { out, by, reason } })
export const noteIncident = (ballot: BallotId | undefined, text: string): Order =>
  plain('note_incident', { type: 'incident.note/1', body: ballot === undefined ? { text } : { ballot, text } })
export const countPaper = (ballot: BallotId, round: number, count: PaperCount): Order =>
  plain('count_paper', { type: 'ballot.paper_count/1', body: { ballot, round, count } })
export const showHands = (ballot: BallotId, votes: number[], reason: string): Order =>
  conduct('show_hands', ballot, { type: 'ballot.hands/1', body: { ballot, votes, reason } }, 'danger')
export const handConsole = (to: ConsoleSeat): Order => plain('hand_console', { type: 'console.hand/1', body: { to } })

export const takeQuestion = (question: QuestionId): Order => ({ ...plain('take_question', { type: 'question.take/1', body: { question } }), question })
export const acceptQuestion = (question: QuestionId): Order => ({ ...plain('accept_question', { type: 'question.accept/1', body: { question } }), question })
export const skipQuestion = (question: QuestionId): Order => ({ ...plain('skip_question', { type: 'question.skip/1', body: { question } }, 'ordinary'), question })
export const answerQuestion = (question: QuestionId, note: string): Order => ({
  ...plain('answer_question', { type: 'question.answer/1', body: { question, note } }),
  question,
})
export const deferQuestion = (question: QuestionId, due_on: string): Order => ({
  ...plain('defer_question', { type: 'question.defer/1', body: { question, due_on } }),
  question,
})

export const callSpeaker = (person: PersonId): Order => plain('call_speaker', { type: 'speech.call/1', body: { person } })
export const endSpeech = (): Order => plain('end_speech', { type: 'speech.end/1', body: {} })

/** What the hall called out; nothing takes it back. */
export const drawLot = (lot: LotId, called: string): Order => plain('draw_lot', { type: 'lot.draw/1', body: { lot, called } })

export const presentBallot = (ballot: BallotId): Order => conduct('present_ballot', ballot, { type: 'ballot.present/1', body: { ballot } })
export const openBallot = (ballot: BallotId, limit_s: number): Order => conduct('open_ballot', ballot, { type: 'ballot.open/1', body: { ballot, limit_s } })
export const pauseBallot = (ballot: BallotId): Order => conduct('pause_ballot', ballot, { type: 'ballot.pause/1', body: { ballot } })
export const resumeBallot = (ballot: BallotId): Order => conduct('resume_ballot', ballot, { type: 'ballot.resume/1', body: { ballot } })
export const extendBallot = (ballot: BallotId): Order =>
  conduct('extend_ballot', ballot, { type: 'ballot.extend/1', body: { ballot, seconds: EXTENSION_S } })
export const closeBallot = (ballot: BallotId): Order => conduct('close_ballot', ballot, { type: 'ballot.close/1', body: { ballot } }, 'danger')
export const announceBallot = (ballot: BallotId): Order => conduct('announce_ballot', ballot, { type: 'ballot.announce/1', body: { ballot } }, 'danger')
export const voidBallot = (ballot: BallotId, cause: VoidCause, note: string): Order =>
  conduct('void_ballot', ballot, { type: 'ballot.void/2', body: { ballot, cause, note } }, 'danger')
/** Not conduct: it changes nothing that is counted, so the server asks for no picture. */
export const displayBallot = (ballot: BallotId, display: TallyDisplay): Order =>
  plain('display_ballot', { type: 'ballot.display/1', body: { ballot, display } })

/** What the big button does. Nothing where the chair waits, or where a dialog asks for more. */
export function nextOrder(view: ConsoleView, limitOf: (ballot: BallotId) => number): Order | undefined {
  const { next } = view
  switch (next.type) {
    case 'open_sitting':
      return openSitting()
    case 'begin_item':
      return beginItem(next.item)
    case 'take_question':
      return takeQuestion(next.question)
    case 'call_speaker':
      return callSpeaker(next.person)
    case 'end_speech':
      return endSpeech()
    case 'present_ballot':
      return presentBallot(next.ballot)
    case 'open_ballot':
      return openBallot(next.ballot, limitOf(next.ballot))
    case 'resume_ballot':
      return resumeBallot(next.ballot)
    case 'close_ballot':
      return closeBallot(next.ballot)
    case 'announce_ballot':
      return announceBallot(next.ballot)
    case 'close_sitting':
      return closeSitting()
    case 'settle_question':
    case 'repeat_ballot':
    case 'await_seal':
    case 'finished':
      return undefined
  }
}
