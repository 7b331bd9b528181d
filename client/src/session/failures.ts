/** Sentences for what can go wrong between a page and the server. */
import { OutboxFull } from '../connection/outbox'
import { problemSentence } from '../words/refusals'
import { t } from '../words/shell'
import { ApiError } from './api'

/** For the catch of a request or of `Live.send`. */
export function failureSentence(error: unknown): string {
  const words = t().failure
  if (error instanceof OutboxFull) return words.outboxFull
  if (!(error instanceof ApiError)) return words.unreadable
  return error.problem ? problemSentence(error.problem) : words[error.kind]
}
