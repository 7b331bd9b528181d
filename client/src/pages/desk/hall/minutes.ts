/** The minutes in the words that the chair's console has for them. */
import type { Event } from '../../../protocol/generated'
import { t } from '../../../words/desk'
import { announcedGrade, minuteSentence as sentence } from '../../../words/minute_sentence'
import type { CaseFile } from '../case/case_file.svelte'

export function minuteSentence({ live }: Pick<CaseFile, 'live'>, event: Event): string {
  const subject = (id: number | undefined) => (id === undefined ? undefined : live.view(`subject/${id}`)?.unit) ?? ''
  const look = {
    unit: (ballot: number) => subject(live.view(`ballot/${ballot}`)?.subject),
    subject,
    item: (id: number) => live.view('agenda')?.items.find((item) => item.id === id)?.title ?? '',
    asker: (id: number) => {
      const question = live.view(`question/${id}`)
      return question?.visibility === 'named' ? question.askers[0]?.name : undefined
    },
    grade: (id: number, round: number) => announcedGrade(live.view(`ballot/${id}`), round),
  }
  return sentence(t(), look, event)
}
