/** Sentences made of several views: minutes, the announcement, who asked. */
import { failing } from '../../ballot/accounts'
import type { BallotResult, Identity, Minute, QuestionView } from '../../protocol/generated'
import { t } from '../../words/chair'
import { t as scrutiny } from '../../words/scrutiny'
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

/**
 * What the chair reads aloud: a paragraph a subject, in the wording of the locality's rule, as it stands on the record.
 * Groups that vote on one subject have one text.
 */
export function announcements(results: readonly BallotResult[]): string[] {
  return [...new Set(results.map((one) => one.text))]
}

/** Which account of a sealed round does not hold. */
export const identityText = ({ identity }: Identity): string => scrutiny().identity[identity] ?? scrutiny().identity['other'] ?? ''

/** Whether the accounts hold. The server checks again before it announces. */
export const balanced = (result: BallotResult): boolean => failing(result) === undefined

/** A day some days after an instant, as this device's calendar counts it: YYYY-MM-DD. */
export function dayAfter(instant_ms: number, days: number): string {
  const day = new Date(instant_ms)
  day.setDate(day.getDate() + days)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`
}
