/** What the big button says: what it does, what follows from it, and why it rests if it does. */
import type { IconName } from '../../parts/icons'
import { t } from '../../words/chair'
import type { Conduct } from './conduct.svelte'
import type { Hall } from './hall.svelte'

export interface Face {
  icon: IconName
  does: string
  hint: string
  /** Why no order can be given from here. */
  off?: string
}

export function nextWords(hall: Hall, conduct: Conduct): Face {
  const words = t().chair.next
  const view = hall.console
  const off =
    conduct.hindrance === 'offline' ? words.offline : conduct.hindrance === 'not_held' && view ? words.notHeld(t().domain.consoleSeat[view.held_by]) : undefined
  return { ...saying(hall, conduct), off }
}

function saying(hall: Hall, conduct: Conduct): Pick<Face, 'icon' | 'does' | 'hint'> {
  const words = t().chair.next
  const next = hall.console?.next
  switch (next?.type) {
    case 'begin_item': {
      const item = hall.item(next.item)
      return { icon: 'chevron', does: words.begin_item.do(item?.title ?? ''), hint: words.begin_item.hint }
    }
    case 'take_question':
      return { icon: 'question', does: words.take_question.do, hint: words.take_question.hint(hall.question(next.question)?.text ?? '') }
    case 'call_speaker':
      return { icon: 'play', does: words.call_speaker.do(hall.person(next.person)?.name ?? ''), hint: words.call_speaker.hint }
    case 'end_speech':
      return { icon: 'check', does: words.end_speech.do, hint: words.end_speech.hint }
    case 'present_ballot':
      return { icon: 'screen', does: words.present_ballot.do, hint: words.present_ballot.hint(hall.about(next.ballot)) }
    case 'open_ballot':
      return { icon: 'play', does: words.open_ballot.do, hint: words.open_ballot.hint(t().chair.ballot.limitOf(conduct.limitOf(next.ballot))) }
    case 'open_sitting':
      return { icon: 'qr', does: words.open_sitting.do, hint: words.open_sitting.hint }
    case 'settle_question':
      return { icon: 'check', does: words.settle_question.do, hint: words.settle_question.hint }
    case 'resume_ballot':
      return { icon: 'play', does: words.resume_ballot.do, hint: words.resume_ballot.hint }
    case 'close_ballot':
      return { icon: 'stop', does: words.close_ballot.do, hint: words.close_ballot.hint }
    case 'await_seal':
      return { icon: 'clock', does: words.await_seal.do, hint: words.await_seal.hint }
    case 'announce_ballot':
      return { icon: 'seal', does: words.announce_ballot.do, hint: words.announce_ballot.hint }
    case 'repeat_ballot':
      return { icon: 'redo', does: words.repeat_ballot.do, hint: words.repeat_ballot.hint(hall.about(next.ballot), t().domain.voidCause[next.cause]) }
    case 'close_sitting':
      return { icon: 'check', does: words.close_sitting.do, hint: words.close_sitting.hint }
    case 'finished':
    case undefined:
      return { icon: 'check', does: words.finished.do, hint: words.finished.hint }
  }
}
