/** The two calls of a secret ballot. Asking for a token says who one is; casting must not, and travels apart from everything that does. */
import type { CastRefusal, Problem } from '../../protocol/generated'
import { ApiError, post } from '../../session/api'
import { signTokenRequest } from '../../session/device'
import type { Issued } from './crypto'
import type { Round } from './round'

export interface TokenBody {
  /** Of the command. */
  id: string
  round: number
  /** b64. */
  blinded: string
  /** By the device key, hex. */
  signature: string
}

export interface CastBody extends Round {
  vote_pk: string
  token: string
  seq: number
  choices: number[]
  sig: string
}

export type Answer<T> =
  | { type: 'ok'; body: T }
  /** `problem` is what the server said, with the fields of its sentence; `code` is what counts in it. */
  | { type: 'refused'; code: string; problem?: Problem }
  /** Whether it was carried out is not known; the same call may be made again. */
  | { type: 'no_answer'; retry_after_ms?: number }

export interface Calls {
  token(body: TokenBody): Promise<Answer<Issued>>
  cast(body: CastBody): Promise<Answer<{ receipt: string }>>
  /** Signature of a token request by the device key. */
  sign(id: string, blinded: string): Promise<string>
}

const CAST_TIMEOUT_MS = 8_000

export function callsOf(round: Round, bearer: string): Calls {
  return {
    token: (body) => told(() => post<Issued>(`/api/appraisals/${round.appraisal}/ballots/${round.ballot}/token`, body, { bearer })),
    cast,
    sign: (id, blinded) => signTokenRequest(round.appraisal, id, { ballot: round.ballot, round: round.round, blinded }),
  }
}

/**
 * Not by way of the session's requests: no bearer, no cookie, no referrer. Leaving credentials out also makes browsers take a
 * connection of its own, so that the server does not see the vote arrive on the voter's.
 */
async function cast(body: CastBody): Promise<Answer<{ receipt: string }>> {
  const abort = new AbortController()
  const timer = setTimeout(() => abort.abort(), CAST_TIMEOUT_MS)
  try {
    const response = await fetch('/api/cast', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
      signal: abort.signal,
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
      redirect: 'error',
    })
    const answer = (await response.json()) as { receipt?: unknown }
    if (response.ok) return { type: 'ok', body: { receipt: String(answer.receipt) } }
    return response.status >= 500 ? { type: 'no_answer' } : refusal(answer as Problem)
  } catch {
    return { type: 'no_answer' }
  } finally {
    clearTimeout(timer)
  }
}

async function told<T>(call: () => Promise<T>): Promise<Answer<T>> {
  try {
    return { type: 'ok', body: await call() }
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    return error.kind === 'refused' && error.problem ? refusal(error.problem) : { type: 'no_answer' }
  }
}

/** The server holds a vote of ours under a number as high or higher. */
export const OUTNUMBERED = 'outnumbered'
const BUSY_RETRY_MS = 1_000

function refusal(problem: Problem): Answer<never> {
  switch (problem.code) {
    case 'refused':
      return { type: 'refused', code: problem.refusal.code, problem }
    case 'cast_refused':
      return castRefusal(problem.reason, problem)
    case 'too_many_requests':
    case 'wait':
      return { type: 'no_answer', retry_after_ms: problem.retry_after_s * 1000 }
    default:
      return { type: 'refused', code: problem.code ?? 'unreadable', problem }
  }
}

function castRefusal(reason: CastRefusal, problem: Problem): Answer<never> {
  switch (reason) {
    case 'older':
    case 'other_content':
      return { type: 'refused', code: OUTNUMBERED, problem }
    case 'busy':
      return { type: 'no_answer', retry_after_ms: BUSY_RETRY_MS }
    case 'login_with_cast':
    case 'malformed':
    case 'no_such_option':
    case 'token':
    case 'signature':
    case 'not_open':
    case 'closed':
    case 'other_round':
    case 'taken':
      return { type: 'refused', code: reason, problem }
  }
}
