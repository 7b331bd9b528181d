/** What stands in the way of the next action, and what the chair can do about it. */
import { t } from '../../words/chair'
import { t as scrutinyWords } from '../../words/chair_scrutiny'
import { t as shared } from '../../words/scrutiny'
import { confirmers } from '../../ballot/steps'
import type { BallotId, Refusal, Step } from '../../protocol/generated'
import type { Conduct } from './conduct.svelte'
import type { Hall } from './hall.svelte'

export interface Remedy {
  says: string
  warn?: boolean
  press: () => void
}

export interface Blocked {
  todo: string
  remedies: Remedy[]
}

export function blockedBy(refusal: Refusal, hall: Hall, conduct: Conduct): Blocked {
  const words = scrutinyWords()
  const next = hall.console?.next
  const ballot = next && 'ballot' in next ? next.ballot : undefined
  const count = (says: string): Remedy[] => (ballot === undefined ? [] : [{ says, press: () => conduct.ask({ kind: 'count', ballot }) }])
  const redo: Remedy[] = ballot === undefined ? [] : [{ says: words.remedy.void, warn: true, press: () => conduct.askVoid(ballot) }]
  const scrutiny = (says: string): Remedy => ({ says, press: () => conduct.ask({ kind: 'scrutiny' }) })
  switch (refusal.code) {
    case 'accounts_do_not_balance': {
      const identities = shared().identity
      const paper = ballot !== undefined && hall.ballot(ballot)?.paper !== undefined
      return { todo: words.todo.accounts(identities[refusal.identity.identity] ?? identities['other'] ?? ''), remedies: [...(paper ? count(words.remedy.recount) : []), ...redo] }
    }
    case 'paper_not_agreed':
      return { todo: words.todo.paper_not_agreed, remedies: count(words.remedy.count) }
    case 'scrutineers_pending':
      return { todo: words.todo.scrutineers_pending(pending(hall, ballot, refusal.step)), remedies: [scrutiny(words.remedy.replace)] }
    case 'scrutineers_too_few':
      return hall.sitting?.running_ballot === undefined
        ? { todo: words.todo.scrutineers_too_few_free, remedies: [scrutiny(words.remedy.appoint)] }
        : { todo: words.todo.scrutineers_too_few, remedies: redo }
    case 'no_quorum':
      return { todo: words.todo.no_quorum(refusal.needed - refusal.present), remedies: [{ says: words.remedy.people, press: () => conduct.ask({ kind: 'people' }) }] }
    default: {
      const todos: Readonly<Record<string, string | undefined>> = t().chair.next.todo
      return { todo: todos[refusal.code] ?? t().chair.next.todo.other, remedies: [] }
    }
  }
}

/** Scrutineers who have not confirmed this step. */
export function pending(hall: Hall, ballot: BallotId | undefined, step: Step): string[] {
  const by = confirmers(hall.ballot(ballot)?.confirmed, step)
  return (hall.scrutiny?.scrutineers ?? []).map((one) => one.name).filter((name) => !by.includes(name))
}
