/** The minutes in the words that the chair's console has for them. */
import type { Minute } from '../../../protocol/generated'
import { t } from '../../../words/desk'
import { minuteSentence as sentence } from '../../../words/minute_sentence'
import type { CaseFile } from '../case/case_file.svelte'

export function minuteSentence({ live }: Pick<CaseFile, 'live'>, minute: Minute): string {
  const look = {
    ballot: (id: number) => live.view(`ballot/${id}`),
    subject: (id: number) => live.view(`subject/${id}`)?.unit ?? '',
    item: (id: number) => live.view('agenda')?.items.find((item) => item.id === id)?.title ?? '',
    asker: (id: number) => {
      const question = live.view(`question/${id}`)
      return question?.visibility === 'named' ? question.askers[0]?.name : undefined
    },
  }
  return sentence(t(), look, minute)
}
