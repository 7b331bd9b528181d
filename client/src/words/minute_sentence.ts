/** An event of the minutes as a sentence, for whoever can look up the names in it. */
import { inRound, sheetOf } from '../ballot/sheet'
import type { BallotView, Minute, NotedBy } from '../protocol/generated'
import { plainDate } from './formats'
import type { minutes } from './zh-CN/chair_minutes'
import type { domain } from './zh-CN/domain'

/** Names that the event only numbers. */
export interface MinuteLookup {
  ballot(ballot: number): BallotView | undefined
  subject(subject: number): string
  item(item: number): string
  /** Minutes are read by others than the office: no name that was withheld. */
  asker(question: number): string | undefined
}

export type MinuteWords = { minutes: typeof minutes; domain: typeof domain }

export function minuteSentence({ minutes: words, domain }: MinuteWords, look: MinuteLookup, { at, what: event }: Minute): string {
  const unitOf = (ballot: BallotView | undefined) => (ballot ? look.subject(ballot.subject) : '')
  const unit = (id: number) => unitOf(look.ballot(id))
  /** One line stands for all of a sheet that went along. */
  const about = (id: number, round = roundAt(look.ballot(id), at)) => {
    const ballot = look.ballot(id)
    const along = ballot ? inRound(sheetOf(ballot, look.ballot), round, at) : []
    return along.length > 1 ? words.sheet(unitOf(along[0]), along.length) : unitOf(ballot)
  }
  switch (event.type) {
    case 'sitting_opened':
      return words.sitting_opened(event.due)
    case 'quorum_reached':
      return words.quorum_reached(event.present, event.due)
    case 'quorum_lost':
      return words.quorum_lost(event.present, event.due)
    case 'item_began':
      return words.item_began(look.item(event.item))
    case 'question_taken':
      return words.question_taken(look.asker(event.question) ?? words.someone, event.question)
    case 'question_answered':
      return words.question_answered(event.question)
    case 'question_deferred':
      return words.question_deferred(event.question, plainDate(event.due_on))
    case 'question_skipped':
      return words.question_skipped(event.question)
    case 'ballot_presented':
      return words.ballot_presented(about(event.ballot, event.round), event.round)
    case 'ballot_opened':
      return words.ballot_opened(about(event.ballot, event.round))
    case 'ballot_paused':
      return words.ballot_paused(about(event.ballot, event.round))
    case 'ballot_resumed':
      return words.ballot_resumed(about(event.ballot, event.round))
    case 'ballot_extended':
      return words.ballot_extended(about(event.ballot), event.seconds)
    case 'ballot_halfway':
      return words.ballot_halfway(unit(event.ballot))
    case 'ballot_closed':
      return words.ballot_closed(unit(event.ballot), event.returned)
    case 'ballot_announced':
      return words.ballot_announced(unit(event.ballot), announcedGrade(look.ballot(event.ballot), event.round))
    case 'ballot_voided':
      return words.ballot_voided(unit(event.ballot), event.round, domain.whyVoid(event.cause, event.note))
    case 'hands_shown':
      return words.hands_shown(unit(event.ballot), event.reason)
    case 'paper_counted':
      return words.paper_counted(unit(event.ballot), event.returned)
    case 'recused':
      return words.recused(event.name, look.subject(event.subject), event.reason)
    case 'recusal_lifted':
      return words.recusal_lifted(event.name, look.subject(event.subject))
    case 'scrutineers_appointed':
      return words.scrutineers_appointed(event.names)
    case 'scrutineer_replaced':
      return words.scrutineer_replaced(event.out, event.by, event.reason)
    case 'step_confirmed':
      return words.step_confirmed(event.by, unit(event.ballot), domain.step[event.step])
    case 'step_objected':
      return words.step_objected(event.by, unit(event.ballot), domain.step[event.step], event.reason)
    case 'incident_noted':
      return words.incident_noted(notedBy(event.by, domain), event.text)
    case 'speaker_called':
      return words.speaker_called(event.name)
    case 'speech_ended':
      return words.speech_ended(event.name, event.seconds)
    case 'console_handed':
      return words.console_handed(domain.consoleSeat[event.to])
    case 'roster_corrected':
      return words.roster_corrected(event.due)
    case 'credential_reissued':
      return words.credential_reissued(event.name)
    case 'lot_drawn':
      return words.lot_drawn(event.lot)
    case 'sitting_convened':
      return words.sitting_convened(event.number)
    case 'convening_cancelled':
      return words.convening_cancelled(event.number)
    case 'sitting_closed':
      return words.sitting_closed
  }
}

/** Who noted an incident, as the tally sheet prints it. */
export function notedBy(by: NotedBy, domain: MinuteWords['domain']): string {
  switch (by.type) {
    case 'scrutineer':
      return by.name
    case 'console':
      return domain.consoleSeat[by.seat]
    case 'desk':
      return domain.office
  }
}

/** Which round of the ballot was the one then. */
const roundAt = (ballot: BallotView | undefined, at: number): number => (ballot?.voided.filter((one) => one.at <= at).length ?? 0) + 1

/** The grade belongs to the round that was announced, not to one that came after a void. */
function announcedGrade(ballot: BallotView | undefined, round: number): string {
  return ballot?.round === round && ballot.state === 'announced' ? (ballot.result?.grade_label ?? '') : ''
}
