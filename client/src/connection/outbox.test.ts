import { beforeEach, expect, test, vi } from 'vitest'
import type { Outcome } from '../protocol/envelope'
import { newId } from './ids'
import { CommandNotUnderstood, OUTBOX_LIMIT, Outbox, OutboxFull } from './outbox'
import { fakeStorage } from './testing'

const ACCEPTED: Outcome = { type: 'accepted' }

beforeEach(() => {
  vi.stubGlobal('localStorage', fakeStorage())
})

test('what is unanswered survives a reload, in its order and with its ids', () => {
  const before = new Outbox('a1', 'chair')
  before.post({ type: 'open_ballot', ballot: 1 }, { round: 1 })
  before.post({ type: 'close_ballot', ballot: 1 })
  const after = new Outbox('a1', 'chair')
  expect(after.unanswered()).toEqual(before.unanswered())
  expect(after.unanswered().map((one) => one.command.type)).toEqual(['open_ballot', 'close_ballot'])
  expect(after.unanswered()[0]?.expects).toEqual({ round: 1 })
})

test('roles and appraisals do not see each other', () => {
  new Outbox('a1', 'chair').post({ type: 'open_ballot' })
  expect(new Outbox('a1', 'member').size).toBe(0)
  expect(new Outbox('a2', 'chair').size).toBe(0)
})

test('a receipt resolves its promise and clears it from the device', async () => {
  const outbox = new Outbox('a1', 'member')
  const first = outbox.post({ type: 'ask' })
  const second = outbox.post({ type: 'support' })
  const refused: Outcome = { type: 'refused', refusal: { code: 'ballot_closed' } }
  expect(outbox.receipt(second.pending!.id, refused)).toBeUndefined()
  expect(await second.outcome).toEqual(refused)
  expect(new Outbox('a1', 'member').unanswered()).toEqual([first.pending])
  outbox.receipt(first.pending!.id, ACCEPTED)
  expect(await first.outcome).toEqual(ACCEPTED)
  expect(localStorage.length).toBe(0)
})

test('a receipt after a reload gives back the command that nobody waits for', () => {
  const { pending } = new Outbox('a1', 'member').post({ type: 'ask', text: '何时兑付' })
  const after = new Outbox('a1', 'member')
  expect(after.receipt(pending!.id, ACCEPTED)?.command).toEqual({ type: 'ask', text: '何时兑付' })
  expect(after.receipt(pending!.id, ACCEPTED)).toBeUndefined()
})

test('the bound holds, and room comes back with a receipt', async () => {
  const outbox = new Outbox('a1', 'member')
  const ids = Array.from({ length: OUTBOX_LIMIT }, () => outbox.post({ type: 'ask' }).pending!.id)
  await expect(outbox.post({ type: 'ask' }).outcome).rejects.toBeInstanceOf(OutboxFull)
  expect(new Outbox('a1', 'member').size).toBe(OUTBOX_LIMIT)
  outbox.receipt(ids[0]!, ACCEPTED)
  expect(outbox.post({ type: 'ask' }).pending).toBeDefined()
})

test('two tabs of one role do not erase each other', () => {
  const left = new Outbox('a1', 'desk')
  const right = new Outbox('a1', 'desk')
  const one = left.post({ type: 'one' }).pending!
  right.post({ type: 'two' })
  left.receipt(one.id, ACCEPTED)
  expect(new Outbox('a1', 'desk').unanswered().map((kept) => kept.command.type)).toEqual(['two'])
})

test('without storage it works in memory and says so', async () => {
  vi.stubGlobal('localStorage', {
    getItem: () => {
      throw new Error('denied')
    },
    setItem: () => {
      throw new Error('denied')
    },
    removeItem: () => {},
  })
  const outbox = new Outbox('a1', 'member')
  const { pending, outcome } = outbox.post({ type: 'ask' })
  expect(outbox.durable).toBe(false)
  outbox.receipt(pending!.id, ACCEPTED)
  expect(await outcome).toEqual(ACCEPTED)
})

test('a full storage is noticed', () => {
  const outbox = new Outbox('a1', 'member')
  expect(outbox.durable).toBe(true)
  vi.spyOn(localStorage, 'setItem').mockImplementation(() => {
    throw new Error('quota')
  })
  outbox.post({ type: 'ask' })
  expect(outbox.durable).toBe(false)
  expect(outbox.size).toBe(1)
})

test('what cannot be read is dropped instead of sent', () => {
  localStorage.setItem('pingyi.outbox.a1.member', '{"not":"a list"}')
  expect(new Outbox('a1', 'member').size).toBe(0)
  localStorage.setItem('pingyi.outbox.a1.member', '[{"id":7},{"id":"x","command":{"type":"ask"}}]')
  expect(new Outbox('a1', 'member').size).toBe(1)
})

test('giving up empties the device and fails the promises', async () => {
  const outbox = new Outbox('a1', 'member')
  const { outcome } = outbox.post({ type: 'ask' })
  outbox.abandon()
  await expect(outcome).rejects.toBeInstanceOf(CommandNotUnderstood)
  expect(new Outbox('a1', 'member').size).toBe(0)
})

test('ids are version 7, differ, and sort by time', () => {
  vi.useFakeTimers({ now: 1_795_000_000_000 })
  const early = newId()
  vi.advanceTimersByTime(1)
  const late = newId()
  vi.useRealTimers()
  expect(early).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(Number.parseInt(early.replaceAll('-', '').slice(0, 12), 16)).toBe(1_795_000_000_000)
  expect(early < late).toBe(true)
  expect(new Set(Array.from({ length: 100 }, newId)).size).toBe(100)
})
