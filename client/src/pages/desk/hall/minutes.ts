/** The minutes in the words that the chair's console has for them. */
import type { Event } from '../../../protocol/generated'
import { t } from '../../../words/desk'
import { plainDate } from '../../../words/formats'
import type { CaseFile } from '../case/case_file.svelte'

export function minuteSentence({ live }: Pick<CaseFile, 'live'>, event: Event): string {
  const words = t().minutes
  const unit = (id: number) => {
    const subject = live.view(`ballot/${id}`)?.subject
    return (subject === undefined ? undefined : live.view(`subject/${subject}`)?.unit) ?? ''
  }
  switch (event.type) {
    case 'sitting_opened':
      return words.sitting_opened(event.due)
    case 'quorum_reached':
      return words.quorum_reached(event.present, event.due)
    case 'quorum_lost':
      return words.quorum_lost(event.present, event.due)
    case 'item_began':
      return words.item_began(live.view('agenda')?.items.find((item) => item.id === event.item)?.title ?? '')
    case 'question_taken': {
      const question = live.view(`question/${event.question}`)
      // Minutes are read by others than the office: a name that was withheld is not in them.
      const asker = question?.visibility === 'named' ? question.askers[0]?.name : undefined
      return words.question_taken(asker ?? words.someone, event.question)
    }
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
      const ballot = live.view(`ballot/${event.ballot}`)
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
