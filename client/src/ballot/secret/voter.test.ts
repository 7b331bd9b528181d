import { IDBFactory } from 'fake-indexeddb'
import { beforeEach, expect, test, vi } from 'vitest'
import { NoDeviceKey } from '../../session/device'
import { b64, unb64 } from './bytes'
import type { Calls } from './calls'
import { castMessage, headerHash, strictVerify } from './crypto'
import { bytesOf, countedRandom, Hall, heldClock, newPhone, type Phone, ROUND, tabOf, worldOf } from './testing'
import { SecretVoter, type VoterState, type VoterWorld } from './voter'

let hall: Hall
let phone: Phone
beforeEach(() => {
  hall = new Hall()
  phone = newPhone(new IDBFactory())
})

function voter(person = 1, world: Partial<VoterWorld> = {}, calls: Partial<Calls> = {}): SecretVoter {
  const random = countedRandom(`voter ${person}`)
  return new SecretVoter(ROUND, { ...hall.callsOf(person), ...calls }, worldOf({ seeds: tabOf(phone, random), random, ...world }))
}

/** Waits for what the code under test does by itself, without a clock. */
const until = (condition: () => boolean) => vi.waitUntil(condition, { interval: 1 })
const everythingStored = () => Array.from({ length: phone.local!.length }, (_, place) => phone.local!.getItem(phone.local!.key(place)!)).join()

test('a token is taken, a vote cast, a receipt kept; the page can watch all of it', async () => {
  const one = voter()
  const seen: VoterState['type'][] = []
  one.subscribe(({ type }) => void seen.push(type))
  await one.prepare(hall.header)
  await one.cast([2])
  expect(seen).toEqual(['idle', 'preparing', 'ready', 'sending', 'recorded'])
  const [line] = [...hall.box.values()]
  expect(line).toMatchObject({ ...ROUND, choices: [2] })
  expect(strictVerify(unb64(line!.sig, 64), castMessage(headerHash(hall.header), line!.seq, [2]), unb64(line!.vote_pk, 32))).toBe(true)
})

test('the cast carries nothing that the token call carried', async () => {
  const one = voter()
  await one.prepare(hall.header)
  await one.cast([1])
  const asked = Object.values(hall.tokenCalls[0]!).filter((value) => typeof value === 'string')
  const cast = JSON.stringify(hall.castCalls[0])
  expect(asked).toHaveLength(3)
  for (const value of asked) expect(cast).not.toContain(value)
})

test('the token request is signed over the element that it carries, with its own id', async () => {
  await voter().prepare(hall.header)
  const [body] = hall.tokenCalls
  expect(body!.signature).toBe(`signed ${body!.id} ${body!.blinded}`)
})

test('a lost answer is asked for again with the same bytes and costs no second token or vote', async () => {
  hall.lostAnswers = 2
  const one = voter()
  await one.prepare(hall.header)
  expect(hall.tokenCalls).toHaveLength(3)
  expect(new Set(hall.tokenCalls.map((body) => JSON.stringify(body))).size).toBe(1)
  hall.lostAnswers = 2
  await one.cast([3])
  expect(hall.castCalls).toHaveLength(3)
  expect(new Set(hall.castCalls.map((body) => JSON.stringify(body))).size).toBe(1)
  expect(one.state).toEqual({ type: 'recorded' })
})

test('a vote waits up to three seconds, at random, and not at all when the round is closing', async () => {
  const clock = heldClock()
  const one = voter(1, clock)
  await one.prepare(hall.header)
  const cast = one.cast([1])
  await until(() => clock.waits.length === 1)
  expect(clock.waits[0]!.ms).toBeGreaterThanOrEqual(0)
  expect(clock.waits[0]!.ms).toBeLessThanOrEqual(3000)
  expect(hall.castCalls).toHaveLength(0)
  one.flush()
  await cast
  expect(one.state).toEqual({ type: 'recorded' })
  await one.cast([2])
  expect(clock.waits).toHaveLength(1)
  expect(hall.box.size).toBe(1)
})

test('a choice that is changed during the wait is the only one sent', async () => {
  const clock = heldClock()
  const one = voter(1, clock)
  await one.prepare(hall.header)
  const first = one.cast([1])
  await until(() => clock.waits.length === 1)
  const second = one.cast([4])
  await until(() => everythingStored().includes('[4]'))
  one.flush()
  await Promise.all([first, second])
  expect(hall.castCalls.map((body) => body.choices)).toEqual([[4]])
})

test('a changed vote takes the place of the earlier one under a higher number', async () => {
  const one = voter()
  await one.prepare(hall.header)
  await one.cast([1])
  await one.cast([3])
  await one.cast([0])
  const seqs = hall.castCalls.map((body) => body.seq)
  expect(seqs).toEqual([...seqs].sort((a, b) => a - b))
  expect(seqs[2]! - seqs[0]!).toBeGreaterThan(2)
  expect([...hall.box.values()].map((line) => line.choices)).toEqual([[0]])
})

test('numbers start and step at random, so that a board tells nobody how often a vote was changed', async () => {
  const starts: number[] = []
  for (const person of [1, 2, 3, 4]) {
    phone = newPhone(new IDBFactory())
    const one = voter(person)
    await one.prepare(hall.header)
    await one.cast([1])
    starts.push(hall.castCalls[hall.castCalls.length - 1]!.seq)
  }
  expect(new Set(starts).size).toBe(4)
  expect(Math.max(...starts)).toBeGreaterThan(2 ** 16)
  expect(Math.max(...starts)).toBeLessThanOrEqual(2 ** 20)
})

test('a reload between token and vote goes on without a second token', async () => {
  await voter().prepare(hall.header)
  const again = voter()
  expect(await again.resume()).toEqual({ type: 'ready' })
  await again.prepare(hall.header)
  expect(hall.tokenCalls).toHaveLength(1)
  await again.cast([2])
  expect(again.state).toEqual({ type: 'recorded' })
})

test('a page killed before the token came asks again for the same element', async () => {
  const gone = voter(1, {}, { token: async (body) => (hall.token(1, body), new Promise(() => {})) })
  void gone.prepare(hall.header)
  await until(() => hall.tokenCalls.length === 1)
  const again = voter()
  expect(await again.resume()).toEqual({ type: 'idle' })
  await again.prepare(hall.header)
  expect(again.state).toEqual({ type: 'ready' })
  expect(hall.tokenCalls[1]!.blinded).toBe(hall.tokenCalls[0]!.blinded)
})

test('a page killed before the receipt came sends the same vote again', async () => {
  const gone = voter(1, {}, { cast: async (body) => (hall.cast(body), new Promise(() => {})) })
  await gone.prepare(hall.header)
  void gone.cast([2])
  await until(() => hall.castCalls.length === 1)
  const again = voter()
  expect(await again.resume()).toEqual({ type: 'sending' })
  await until(() => again.state.type === 'recorded')
  expect(hall.castCalls[1]).toEqual(hall.castCalls[0])
})

test('after a reload it is recorded only with a receipt that holds, and what was chosen is nowhere', async () => {
  const one = voter()
  await one.prepare(hall.header)
  await one.cast([2])
  expect(everythingStored()).not.toContain('choices')
  expect(await voter().resume()).toEqual({ type: 'recorded' })
  phone.indexed = new IDBFactory()
  for (let place = 0; place < phone.local!.length; place += 1) {
    const key = phone.local!.key(place)!
    const kept = JSON.parse(phone.local!.getItem(key)!.replace(/^[^{].*/, '{}')) as { recorded?: { receipt: string } }
    if (!kept.recorded) continue
    kept.recorded.receipt = b64(bytesOf(3, 64))
    phone.local!.setItem(key, JSON.stringify(kept))
  }
  expect(await voter().resume()).toEqual({ type: 'ready' })
})

test('a forged receipt is an alarm and nothing counts as recorded', async () => {
  const one = voter(1, {}, { cast: async () => ({ type: 'ok', body: { receipt: b64(bytesOf(3, 64)) } }) })
  await one.prepare(hall.header)
  await one.cast([2])
  expect(one.state).toEqual({ type: 'refused', during: 'cast', code: 'bad_receipt', recorded: false })
})

test('a receipt for another choice is none for this one', async () => {
  const one = voter()
  await one.prepare(hall.header)
  const swapped = voter(1, {}, { cast: async () => hall.cast({ ...hall.castCalls[0]! }) })
  await one.cast([1])
  await swapped.resume()
  await swapped.cast([4])
  expect(swapped.state).toEqual({ type: 'refused', during: 'cast', code: 'bad_receipt', recorded: true })
})

test('two tabs take one token and see one vote', async () => {
  const [left, right] = [voter(), voter(1, { seeds: tabOf(phone, countedRandom('right')), random: countedRandom('right') })]
  await Promise.all([left.prepare(hall.header), right.prepare(hall.header)])
  expect([left.state.type, right.state.type]).toEqual(['ready', 'ready'])
  expect(new Set(hall.tokenCalls.map((body) => body.blinded)).size).toBe(1)
  await left.cast([1])
  await right.cast([2])
  expect(right.state).toEqual({ type: 'recorded' })
  expect([...hall.box.values()].map((line) => line.choices)).toEqual([[2]])
})

test('refused as taken, the phone looks once for the seed that took it', async () => {
  await voter().prepare(hall.header)
  const other = newPhone(new IDBFactory())
  const tab = tabOf(other, countedRandom('other'))
  // The tab that holds the right seed has written it by the time the server refuses.
  const known = [...phoneEntries()]
  const calls = hall.callsOf(1)
  const late = new SecretVoter(
    ROUND,
    {
      ...calls,
      token: async (body) => {
        for (const [key, value] of known) other.local!.setItem(key, value)
        return calls.token(body)
      },
    },
    worldOf({ seeds: tab, random: countedRandom('other') }),
  )
  await late.prepare(hall.header)
  expect(late.state).toEqual({ type: 'ready' })
  expect(hall.tokenCalls).toHaveLength(3)
})

function* phoneEntries(): Generator<[string, string]> {
  for (let place = 0; place < phone.local!.length; place += 1) {
    const key = phone.local!.key(place)!
    if (key.startsWith('pingyi.seed')) yield [key, phone.local!.getItem(key)!]
  }
}

test('a token taken in one’s name elsewhere is an alarm', async () => {
  await voter().prepare(hall.header)
  phone = newPhone(new IDBFactory())
  const robbed = new SecretVoter(ROUND, hall.callsOf(1), worldOf({ seeds: tabOf(phone, countedRandom('other')) }))
  await robbed.prepare(hall.header)
  expect(robbed.state).toEqual({ type: 'lost_token' })
  expect(hall.tokenCalls).toHaveLength(2)
})

test('refusals of the server are shown by their code', async () => {
  const early = voter(1, {}, { token: async () => ({ type: 'refused', code: 'ballot_not_open' }) })
  await early.prepare(hall.header)
  expect(early.state).toEqual({ type: 'refused', during: 'token', code: 'ballot_not_open', recorded: false })
  const one = voter()
  await one.prepare(hall.header)
  await one.cast([1])
  hall.state = 'closed'
  await one.cast([2])
  expect(one.state).toEqual({ type: 'refused', during: 'cast', code: 'ballot_closed', recorded: true })
})

test('a vote refused during a pause is sent when it is over', async () => {
  const one = voter()
  await one.prepare(hall.header)
  hall.state = 'paused'
  await one.cast([2])
  expect(one.state).toMatchObject({ type: 'refused', code: 'ballot_paused' })
  hall.state = 'open'
  await one.send()
  expect(one.state).toEqual({ type: 'recorded' })
})

test('a phone without a device key is told to join again', async () => {
  const one = voter(1, {}, { sign: async () => Promise.reject(new NoDeviceKey()) })
  await one.prepare(hall.header)
  expect(one.state).toMatchObject({ type: 'refused', code: 'no_device_key' })
  expect(hall.tokenCalls).toHaveLength(0)
})

test('an issuer with a key of its own for one member is found out', async () => {
  const marking = new Hall(ROUND, bytesOf(8))
  const one = voter(1, {}, {
    token: async (body) => {
      const answer = marking.token(1, body)
      return answer.type === 'ok' ? { type: 'ok', body: { ...answer.body, header: hall.header } } : answer
    },
  })
  await one.prepare(hall.header)
  expect(one.state).toMatchObject({ type: 'refused', code: 'bad_proof' })
})

test('another header for the same round is an alarm, before and with the answer', async () => {
  const other = new Hall(ROUND, bytesOf(8))
  await voter().prepare(hall.header)
  const again = voter()
  await again.prepare(other.header)
  expect(again.state).toMatchObject({ type: 'refused', code: 'header_changed' })
  const fresh = voter(2, { seeds: tabOf(newPhone(undefined)) }, { token: async (body) => other.token(2, body) })
  await fresh.prepare(hall.header)
  expect(fresh.state).toMatchObject({ type: 'refused', code: 'header_changed' })
  const elsewhere = voter(3, { seeds: tabOf(newPhone(undefined)) })
  await elsewhere.prepare(new Hall({ ...ROUND, round: 2 }).header)
  expect(elsewhere.state).toMatchObject({ type: 'refused', code: 'bad_header' })
})

test('a phone that lost count of its votes still gets its vote in', async () => {
  const one = voter()
  await one.prepare(hall.header)
  const [line] = await one.cast([1]).then(() => [...hall.box.values()])
  hall.box.set(line!.vote_pk, { ...line!, seq: line!.seq + 5000 })
  await one.cast([2])
  expect(one.state).toEqual({ type: 'recorded' })
  expect([...hall.box.values()].map(({ choices }) => choices)).toEqual([[2]])
})

test('without any storage a vote goes through as long as the page lives', async () => {
  phone = { local: undefined, indexed: undefined }
  const one = voter()
  await one.prepare(hall.header)
  await one.cast([2])
  expect(one.state).toEqual({ type: 'recorded' })
})

test('what is not on the ballot is not sent', async () => {
  const one = voter()
  await one.prepare(hall.header)
  for (const choices of [[], [5], [-1], [1.5], [1, 2]]) await expect(one.cast(choices)).rejects.toBeInstanceOf(RangeError)
  expect(hall.castCalls).toHaveLength(0)
})

test('a stopped page sends nothing more, and the next one does', async () => {
  const clock = heldClock()
  const one = voter(1, clock)
  await one.prepare(hall.header)
  const cast = one.cast([1])
  await until(() => clock.waits.length === 1)
  one.stop()
  await cast
  expect(hall.castCalls).toHaveLength(0)
  const next = voter()
  await next.resume()
  await until(() => next.state.type === 'recorded')
})

test('a voided round leaves nothing on the phone', async () => {
  const one = voter()
  await one.prepare(hall.header)
  await one.cast([1])
  await one.forget()
  expect(phone.local!.length).toBe(0)
  expect(await voter().resume()).toEqual({ type: 'idle' })
})
