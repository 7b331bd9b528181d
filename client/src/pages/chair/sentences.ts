/** Sentences made of several views: minutes, the announcement, who asked. */
import type { BallotResult, Event, QuestionView } from '../../protocol/generated'
import { t } from '../../words/chair'
import { plainDate } from '../../words/formats'
import type { Hall } from './hall.svelte'

export function minuteSentence(hall: Hall, event: Event): string {
  const words = t().minutes
  const unit = (ballot: number) => hall.unit(hall.ballot(ballot)?.subject)
  switch (event.type) {
    case 'sitting_opened':
      return words.sitting_opened(event.due)
    case 'quorum_reached':
      return words.quorum_reached(event.present, event.due)
    case 'quorum_lost':
      return words.quorum_lost(event.present, event.due)
    case 'item_began':
      return words.item_began(hall.item(event.item)?.title ?? '')
    case 'question_taken':
      return words.question_taken(minutedAsker(hall.question(event.question)), event.question)
    case 'question_answered':
      return words.question_answered(event.question)
    case 'question_deferred':
      return words.question_deferred(event.question, plainDate(event.due_on))
    case 'question_skipped':
      return words.question_skipped(event.question)
    case 'ballot_presented':
      return words.ballot_presented(unit(event.ballot), event.round)
    case 'ballot_opened':
      return words.ballot_opened(unit(event.ballot))
    case 'ballot_paused':
      return words.ballot_paused(unit(event.ballot))
    case 'ballot_resumed':
      return words.ballot_resumed(unit(event.ballot))
    case 'ballot_extended':
      return words.ballot_extended(unit(event.ballot), event.seconds)
    case 'ballot_halfway':
      return words.ballot_halfway(unit(event.ballot))
    case 'ballot_closed':
      return words.ballot_closed(unit(event.ballot), event.returned)
    case 'ballot_announced': {
      const ballot = hall.ballot(event.ballot)
      // The grade belongs to the round that was announced, not to one that came after a void.
      const grade = ballot?.round === event.round && ballot.state === 'announced' ? (ballot.result?.grade_label ?? '') : ''
      return words.ballot_announced(unit(event.ballot), grade)
    }
    case 'ballot_voided':
      return words.ballot_voided(unit(event.ballot), event.round, event.reason)
    case 'console_handed':
      return words.console_handed(t().domain.consoleSeat[event.to])
    case 'roster_corrected':
      return words.roster_corrected(event.due)
    case 'credential_reissued':
      return words.credential_reissued(event.name)
    case 'sitting_closed':
      return words.sitting_closed
  }
}

/** The minutes may be read by others than the chair, so a name that the asker withheld is not in them. */
function minutedAsker(question: QuestionView | undefined): string {
  const name = question?.visibility === 'named' ? question.askers[0]?.name : undefined
  return name ?? t().minutes.someone
}

/** Who asked, as the chair may know it. */
export function askersOf(question: QuestionView): string {
  const [first] = question.askers
  if (!first) return question.visibility === 'without_name' ? t().chair.questions.withoutName : t().minutes.someone
  return question.askers.length > 1 ? t().chair.questions.and(first.name, question.askers.length) : first.name
}

/** What the chair reads aloud. Its figures are the recorded result's, so that screen, paper and mouth say the same. */
export function announcement(unit: string, result: BallotResult): string {
  const words = t().chair.announcement
  const options = result.counts.map((one) => words.option(one.label, one.votes, one.percent)).join(words.between)
  const papers = words.papers(result.issued, result.returned, result.valid, result.invalid)
  return words.roll(result.due, result.present) + papers + options + words.end + words.grade(unit, result.grade_label)
}

/** 应到 ≥ 实到 ≥ 发出 ≥ 收回, 有效 + 无效 = 收回, options sum to 有效. The server checks again before it announces. */
export function balanced(result: BallotResult): boolean {
  const { due, present, issued, returned, valid, invalid, counts } = result
  const sum = counts.reduce((all, one) => all + one.votes, 0)
  return due >= present && present >= issued && issued >= returned && valid + invalid === returned && sum === valid
}

/** A day some days after an instant, as this device's calendar counts it: YYYY-MM-DD. */
export function dayAfter(instant_ms: number, days: number): string {
  const day = new Date(instant_ms)
  day.setDate(day.getDate() + days)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`
}
