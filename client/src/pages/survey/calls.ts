/** The page's two calls. They carry no bearer and no cookie, also on a phone that is signed in to the sitting. */
import type { Problem, SendAnswer, SurveyForm } from '../../protocol/generated'

export type Told<T> =
  | { type: 'ok'; body: T }
  | { type: 'refused'; problem: Problem }
  /** Whether it was carried out is not known; the same call may be made again. */
  | { type: 'no_answer' }

const TIMEOUT_MS = 12_000

export const fetchForm = (appraisal: string, number: string): Promise<Told<SurveyForm>> =>
  call(`/api/public/${encodeURIComponent(appraisal)}/questionnaires/${encodeURIComponent(number)}`)

export const sendAnswer = (answer: SendAnswer): Promise<Told<unknown>> => call('/api/answer', answer)

async function call<T>(path: string, body?: unknown): Promise<Told<T>> {
  const abort = new AbortController()
  const timer = setTimeout(() => abort.abort(), TIMEOUT_MS)
  try {
    const response = await fetch(path, {
      method: body === undefined ? 'GET' : 'POST',
      headers: body === undefined ? {} : { 'Content-Type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: abort.signal,
      // Leaves out whatever says who one is, and takes a connection of its own.
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
    })
    const told = (await response.json()) as unknown
    if (response.ok) return { type: 'ok', body: told as T }
    if (response.status < 500 && typeof told === 'object' && told !== null && 'code' in told) return { type: 'refused', problem: told as Problem }
    return { type: 'no_answer' }
  } catch {
    return { type: 'no_answer' }
  } finally {
    clearTimeout(timer)
  }
}
