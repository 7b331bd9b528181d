/** What went wrong with a vote, in words. */
import { failureSentence } from '../../session/failures'
import { t } from '../../words/member'
import { problemSentence, refusalSentence } from '../../words/refusals'
import type { Failure } from './voting.svelte'

/** Empty where nothing did. */
export function failureText(failure: Failure | undefined): string {
  switch (failure?.type) {
    case undefined:
      return ''
    case 'no_key':
      return t().member.ballot.lost
    case 'refused':
      return refusalSentence(failure.refusal)
    case 'problem':
      return problemSentence(failure.problem)
    case 'distrust': {
      const known: Readonly<Record<string, string | undefined>> = t().member.secret.distrustOf
      return known[failure.code] ?? t().member.secret.distrust
    }
    case 'fault':
      return failureSentence(failure.error)
  }
}
