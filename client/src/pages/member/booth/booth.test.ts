import { beforeEach, expect, test, vi } from 'vitest'
import { fakeStorage } from '../../../connection/testing'
import type { BallotState, BallotView, MyBallotView } from '../../../protocol/generated'
import { keepDeviceKey } from '../../../session/device'
import { signIn } from '../../../session/session'
import { forgetBeginning } from '../../../session/storage'
import type { Standing } from '../voting.svelte'
import { Booth, codeIn } from './booth.svelte'
import { bound, type BoothRow, seenBy } from './standing'

type Answer = { status: number; body: unknown }

let answers: Answer[]
let asked: { path: string; body: any }[]

beforeEach(() => {
  vi.stubGlobal('localStorage', fakeStorage())
  // What the page itself remembers, where nothing is stored.
  forgetBeginning('pingyi.')
  answers = []
  asked = []
  vi.stubGlobal('fetch', async (path: string, request: RequestInit) => {
    asked.push({ path, body: request.body ? JSON.parse(String(request.body)) : undefined })
    const { status, body } = answers.shift() ?? { status: 200, body: {} }
    return new Response(JSON.stringify(body), { status })
  })
})

const LET_IN: Answer = { status: 200, body: { bearer: 'b1', role: 'person', appraisal: 'a1', person: 5, name: '王芳' } }
const kept = () => Array.from({ length: localStorage.length }, (_, place) => localStorage.key(place))

test('a scanner types the whole address, people type the code', () => {
  expect(codeIn('http://192.168.1.20:8080/#c=7K2M-9QXD')).toBe('7K2M-9QXD')
  expect(codeIn('  7k2m9qxd ')).toBe('7k2m9qxd')
  expect(codeIn('http://192.168.1.20:8080/#x=1&c=7K2M')).toBe('7K2M')
})

test('a card lets its member in, and leaving leaves nothing behind', async () => {
  const booth = new Booth()
  answers = [LET_IN]
  await booth.scan('http://hall/#c=7K2M')
  expect(asked[0]).toMatchObject({ path: '/api/sign-in/card', body: { code: '7K2M', take_over: 'ask' } })
  expect(booth.phase).toEqual({ type: 'seated', appraisal: 'a1', name: '王芳', arrival: 'card' })
  expect(kept()).not.toEqual([])
  localStorage.setItem('pingyi.seed.a1.1.1', 'seed')
  const order: string[] = []
  await booth.leave(async () => void order.push(`${localStorage.getItem('pingyi.seed.a1.1.1')}`))
  expect(order, 'the room forgets first').toEqual(['seed'])
  expect(booth.phase).toEqual({ type: 'waiting' })
  expect(kept()).toEqual([])
  expect(asked[1]?.path).toBe('/api/sign-out')
})

test('two members have two device keys: the second cannot be told from the first, nor vote for them', async () => {
  const booth = new Booth()
  answers = [LET_IN, { status: 200, body: {} }, LET_IN]
  await booth.scan('7K2M')
  await booth.leave(async () => {})
  await booth.scan('8L3N')
  expect(asked[0]!.body.device_key).not.toBe(asked[2]!.body.device_key)
})

test('who is in on a phone is asked before the phone is signed out', async () => {
  const booth = new Booth()
  answers = [{ status: 409, body: { code: 'on_another_device', name: '王芳' } }, LET_IN]
  await booth.scan('7K2M')
  expect(booth.phase).toEqual({ type: 'elsewhere', name: '王芳', code: '7K2M' })
  expect(kept()).toEqual([])
  booth.move()
  await vi.waitFor(() => expect(booth.phase.type).toBe('seated'))
  expect(asked[1]!.body.take_over).toBe('move')
})

test('a card that is none is told, and the next may come', async () => {
  const booth = new Booth()
  answers = [{ status: 404, body: { code: 'unknown_card' } }]
  await booth.scan('nonsense')
  expect(booth.phase.type).toBe('failed')
  booth.back()
  expect(booth.phase).toEqual({ type: 'waiting' })
})

test('a tablet that was restarted goes on with whoever sat there; a member’s own phone is no tablet', async () => {
  const first = new Booth()
  answers = [LET_IN]
  await first.scan('7K2M')
  const again = new Booth()
  again.begin()
  expect(again.phase).toEqual({ type: 'seated', appraisal: 'a1', name: '王芳', arrival: 'left_over' })

  forgetBeginning('pingyi.')
  signIn('a1', 'person', 'bearer')
  keepDeviceKey('a1', { seed: 'ab', publicKey: 'cd' })
  const phone = new Booth()
  phone.begin()
  expect(phone.phase).toEqual({ type: 'occupied' })
  await phone.leave(async () => {})
  expect(kept()).toContain('pingyi.device.a1')
})

function row(standing: Standing, over: { state?: BallotState; my?: Partial<MyBallotView>; recorded?: boolean; holds?: boolean } = {}): BoothRow {
  const my = { ballot: 1, round: 1, entitled: true, recorded: false, token_taken: false, recused: false, way: 'booth' as const, ...over.my }
  return { ballot: { state: over.state ?? 'open', round: 1 } as BallotView, my, standing, recorded: over.recorded ?? false, holds: over.holds ?? false }
}

test('a member is led to the sheet and to the word that it is recorded', () => {
  expect(seenBy([], false)).toBe('none')
  expect(seenBy([row('soon', { state: 'presented' })], false)).toBe('soon')
  expect(seenBy([row('choose')], false)).toBe('vote')
  expect(seenBy([row('taking')], true)).toBe('sending')
  expect(seenBy([row('recorded', { recorded: true, my: { token_taken: true } })], true)).toBe('recorded')
  expect(seenBy([row('recorded', { recorded: true }), row('choose')], true), 'a sheet is done when all of it is').toBe('vote')
  expect(seenBy([row('sealed', { state: 'sealed', recorded: true })], true)).toBe('recorded')
  expect(seenBy([row('sealed', { state: 'sealed' })], true)).toBe('missed')
})

test('who cannot vote here is told why', () => {
  expect(seenBy([row('choose', { my: { token_taken: true } })], false)).toBe('taken')
  expect(seenBy([row('choose', { my: { token_taken: true }, holds: true })], false), 'the tablet was restarted').toBe('vote')
  expect(seenBy([row('paper')], false)).toBe('paper')
  expect(seenBy([row('recused')], false)).toBe('recused')
  expect(seenBy([row('recused'), row('choose')], false), 'of one subject only').toBe('vote')
  expect(seenBy([row('recorded', { recorded: true })], false)).toBe('already')
  expect(seenBy([row('attendee')], false)).toBe('attendee')
  expect(seenBy([row('too_old')], false)).toBe('too_old')
})

test('nothing is forgotten between a token and the answer to its vote', () => {
  expect(bound([row('choose')])).toBe(false)
  expect(bound([row('choose', { holds: true })])).toBe(true)
  expect(bound([row('sending', { holds: true })])).toBe(true)
  expect(bound([row('recorded', { holds: true, recorded: true })])).toBe(false)
  expect(bound([row('sealed', { state: 'sealed', holds: true })]), 'too late to be counted').toBe(false)
})
