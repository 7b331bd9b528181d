import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { fakeBrowser, type FakeBrowser } from '../../connection/testing'
import type { SignedIn } from '../../protocol/generated'
import { bearerOf, signIn, signOut } from '../../session/session'
import { Entry } from './entry.svelte'

const SIGNED_IN: SignedIn = { bearer: 'b1', role: 'projector', appraisal: 'a1', name: '' }

let browser: FakeBrowser
let entry: Entry
let answers: (() => Response)[]

beforeEach(() => {
  browser = fakeBrowser()
  answers = []
  vi.stubGlobal('fetch', async () => {
    const answer = answers.shift()
    if (!answer) throw new TypeError('no network')
    return answer()
  })
  vi.stubGlobal('history', { state: null, replaceState: () => Object.assign(location, { hash: '' }) })
  entry = new Entry()
})
afterEach(() => {
  entry.stop()
  signOut('a1', 'projector')
})

const json = (status: number, body: unknown) => () => new Response(JSON.stringify(body), { status })
const openAt = (hash: string) => Object.assign(location, { hash, pathname: '/projector', search: '' })
const settle = () => vi.advanceTimersByTimeAsync(0)

test('the link is exchanged, taken from the address, and the machine remembers', async () => {
  openAt('#k=secret')
  answers = [json(200, SIGNED_IN)]
  entry.start()
  await settle()
  expect(entry.state.type).toBe('in')
  expect(location.hash).toBe('')
  browser.socket.accept()
  expect(browser.socket.sentOf('hello')[0]).toMatchObject({ appraisal: 'a1', audience: 'projector', bearer: 'b1' })
  const later = new Entry()
  later.start()
  expect(later.state.type).toBe('in')
  later.stop()
})

test('without a link and without a memory it asks for the link', () => {
  openAt('')
  entry.start()
  expect(entry.state.type).toBe('no_link')
})

test('a link for a console opens no hall screen', async () => {
  openAt('#k=secret')
  answers = [json(200, { ...SIGNED_IN, role: 'chair' })]
  entry.start()
  await settle()
  expect(entry.state.type).toBe('other_link')
  expect(bearerOf('a1', 'projector')).toBeUndefined()
})

test('a machine started before the server gets in once the server is there', async () => {
  openAt('#k=secret')
  entry.start()
  await settle()
  expect(entry.state).toMatchObject({ type: 'entering', error: { kind: 'offline' } })
  answers = [json(503, {}), json(200, SIGNED_IN)]
  await vi.advanceTimersByTimeAsync(3_000)
  expect(entry.state.type).toBe('entering')
  await vi.advanceTimersByTimeAsync(3_000)
  expect(entry.state.type).toBe('in')
})

test('a link that the server refuses is not tried again', async () => {
  openAt('#k=old')
  answers = [json(401, { code: 'sign_in_required' }), json(200, SIGNED_IN)]
  entry.start()
  await settle()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(entry.state.type).toBe('bad_link')
})

test('a bearer that was forgotten is not used at the next start', () => {
  openAt('')
  signIn('a1', 'projector', 'b1')
  entry.forget()
  entry.start()
  expect(entry.state.type).toBe('no_link')
})
