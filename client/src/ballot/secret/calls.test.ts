import { beforeEach, expect, test, vi } from 'vitest'
import { fakeStorage } from '../../connection/testing'
import { callsOf, type CastBody } from './calls'
import { ROUND } from './testing'

const line: CastBody = { ...ROUND, vote_pk: 'p', token: 't', seq: 1, choices: [1], sig: 's' }
let sent: { path: string; init: RequestInit }[]

function answering(status: number, body: unknown): void {
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    sent.push({ path, init })
    return new Response(typeof body === 'string' ? body : JSON.stringify(body), { status })
  })
}

beforeEach(() => {
  sent = []
  vi.stubGlobal('localStorage', fakeStorage())
})

test('a cast tells nobody who sends it, though the page is signed in', async () => {
  answering(200, { receipt: 'r' })
  expect(await callsOf(ROUND, 'secret-bearer').cast(line)).toEqual({ type: 'ok', body: { receipt: 'r' } })
  const [{ path, init }] = sent as [{ path: string; init: RequestInit }]
  expect(path).toBe('/api/cast')
  expect(init).toMatchObject({ credentials: 'omit', referrerPolicy: 'no-referrer', cache: 'no-store' })
  expect(Object.keys(init.headers as object)).toEqual(['Content-Type'])
  expect(JSON.stringify(init)).not.toContain('secret-bearer')
})

test('asking for a token is signed in, on another kind of connection than the cast', async () => {
  answering(200, { evaluated: 'e', proof: 'p', header: 'h' })
  await callsOf(ROUND, 'secret-bearer').token({ id: 'i', round: 1, blinded: 'b', signature: 's' })
  const [{ path, init }] = sent as [{ path: string; init: RequestInit }]
  expect(path).toBe(`/api/appraisals/${ROUND.appraisal}/ballots/3/token`)
  expect(init.headers).toMatchObject({ Authorization: 'Bearer secret-bearer' })
  expect(init.credentials).not.toBe('omit')
})

test('refusals keep their code; what may have been carried out is told apart', async () => {
  const { cast, token } = callsOf(ROUND, 'b')
  const ask = () => token({ id: 'i', round: 1, blinded: 'b', signature: 's' })
  const taken = { code: 'refused', refusal: { code: 'token_taken' } }
  answering(409, taken)
  expect(await ask()).toEqual({ type: 'refused', code: 'token_taken', problem: taken })
  answering(401, { code: 'sign_in_required' })
  expect(await ask()).toEqual({ type: 'refused', code: 'sign_in_required', problem: { code: 'sign_in_required' } })
  const closed = { code: 'cast_refused', reason: 'closed' }
  answering(409, closed)
  expect(await cast(line)).toEqual({ type: 'refused', code: 'closed', problem: closed })
  for (const reason of ['older', 'other_content']) {
    answering(409, { code: 'cast_refused', reason })
    expect(await cast(line)).toMatchObject({ type: 'refused', code: 'outnumbered' })
  }
  answering(409, { code: 'cast_refused', reason: 'busy' })
  expect(await cast(line)).toEqual({ type: 'no_answer', retry_after_ms: 1000 })
  answering(429, { code: 'too_many_requests', retry_after_s: 2 })
  expect(await cast(line)).toEqual({ type: 'no_answer', retry_after_ms: 2000 })
  expect(await ask()).toEqual({ type: 'no_answer', retry_after_ms: 2000 })
  answering(503, { code: 'fault' })
  expect(await cast(line)).toEqual({ type: 'no_answer' })
  expect(await ask()).toEqual({ type: 'no_answer' })
  answering(200, '<html>')
  expect(await cast(line)).toEqual({ type: 'no_answer' })
  vi.stubGlobal('fetch', async () => Promise.reject(new TypeError('network')))
  expect(await cast(line)).toEqual({ type: 'no_answer' })
  expect(await ask()).toEqual({ type: 'no_answer' })
})
