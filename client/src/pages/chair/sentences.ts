/** Sentences made of several views: minutes, the announcement, who asked. */
import { failing } from '../../ballot/accounts'
import { several } from '../../ballot/items'
import type { BallotResult, BallotView, Minute, QuestionView } from '../../protocol/generated'
import { t } from '../../words/chair'
import { minuteSentence as sentence } from '../../words/minute_sentence'
import type { Hall } from './hall.svelte'

export function minuteSentence(hall: Hall, minute: Minute): string {
  const look = {
    ballot: (id: number) => hall.ballot(id),
    subject: (subject: number) => hall.unit(subject),
    item: (item: number) => hall.item(item)?.title ?? '',
    asker: (id: number) => {
      const question = hall.question(id)
      return question?.visibility === 'named' ? question.askers[0]?.name : undefined
    },
  }
  return sentence(t(), look, minute)
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

/** Where the usual sentence does not fit, the rule's own is read: several items or groups, or not all is published. */
const ruled = (ballot: BallotView): boolean => several(ballot) || ballot.voters !== undefined || ballot.detail !== 'counts_and_percentages' || ballot.result?.grade === ''

/** What the chair reads aloud of one ballot. */
export function readOut(ballot: BallotView, unit: string, result: BallotResult): string {
  return ruled(ballot) && result.text ? result.text : announcement(unit, result)
}

/** The same of a sheet, a paragraph each. Groups that vote on one subject have one result. */
export function sheetReadOut(results: readonly { ballot: BallotView; unit: string; result: BallotResult }[]): string[] {
  if (!results.some(({ ballot, result }) => ruled(ballot) && result.text)) return sheetAnnouncement(results)
  return [...new Set(results.map(({ ballot, unit, result }) => readOut(ballot, unit, result)))]
}

/** The same for a sheet, a paragraph each: the roll once, then each subject's figures. */
export function sheetAnnouncement(results: readonly { unit: string; result: BallotResult }[]): string[] {
  const words = t().chair.announcement
  const [first] = results
  if (!first) return []
  const papers = ({ result }: { result: BallotResult }) => words.papers(result.issued, result.returned, result.valid, result.invalid)
  const alike = results.every((one) => papers(one) === papers(first))
  const lead = words.roll(first.result.due, first.result.present) + (alike ? words.each(results.length) + papers(first) : '')
  return [
    lead,
    ...results.map((one) => {
      const options = one.result.counts.map((count) => words.option(count.label, count.votes, count.percent)).join(words.between)
      return words.subject(one.unit) + (alike ? '' : papers(one)) + options + words.end + words.gradeOf(one.result.grade_label)
    }),
  ]
}

/** Whether the accounts hold. The server checks again before it announces. */
export const balanced = (result: BallotResult): boolean => failing(result) === undefined

/** A day some days after an instant, as this device's calendar counts it: YYYY-MM-DD. */
export function dayAfter(instant_ms: number, days: number): string {
  const day = new Date(instant_ms)
  day.setDate(day.getDate() + days)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`
}
