import { beforeEach, expect, test, vi } from 'vitest'
import type { Command, Expects, Verdict } from '../protocol/generated'
import { newId } from './ids'
import { CommandNotUnderstood, OUTBOX_LIMIT, Outbox, OutboxFull } from './outbox'
import { fakeStorage } from './testing'

const ACCEPTED: Verdict = { type: 'accepted', reply: { type: 'done' } }
const EXPECTS: Expects = { ballot: 1, round: 1, state: 'presented' }
const OPEN: Command = { type: 'ballot.open/1', body: { ballot: 1, limit_s: 120 } }
const CLOSE: Command = { type: 'ballot.close/1', body: { ballot: 1 } }
const ask = (text = '何时兑付'): Command => ({ type: 'question.ask/1', body: { visibility: 'named', text } })

beforeEach(() => {
  vi.stubGlobal('localStorage', fakeStorage())
})

test('what is unanswered survives a reload, in its order and with its ids', () => {
  const before = new Outbox('a1', 'chair')
  before.post(OPEN, EXPECTS)
  before.post(CLOSE)
  const after = new Outbox('a1', 'chair')
  expect(after.unanswered()).toEqual(before.unanswered())
  expect(after.unanswered().map((one) => one.command.type)).toEqual(['ballot.open/1', 'ballot.close/1'])
  expect(after.unanswered()[0]?.expects).toEqual(EXPECTS)
})

test('roles and appraisals do not see each other', () => {
  new Outbox('a1', 'chair').post(OPEN)
  expect(new Outbox('a1', 'member').size).toBe(0)
  expect(new Outbox('a2', 'chair').size).toBe(0)
})

test('a receipt resolves its promise and clears it from the device', async () => {
  const outbox = new Outbox('a1', 'member')
  const first = outbox.post(ask())
  const second = outbox.post({ type: 'question.support/1', body: { question: 3 } })
  const refused: Verdict = { type: 'refused', refusal: { code: 'ballot_closed' } }
  expect(outbox.receipt(second.pending!.id, refused)).toBeUndefined()
  expect(await second.verdict).toEqual(refused)
  expect(new Outbox('a1', 'member').unanswered()).toEqual([first.pending])
  outbox.receipt(first.pending!.id, ACCEPTED)
  expect(await first.verdict).toEqual(ACCEPTED)
  expect(localStorage.length).toBe(0)
})

test('a receipt after a reload gives back the command that nobody waits for', () => {
  const { pending } = new Outbox('a1', 'member').post(ask())
  const after = new Outbox('a1', 'member')
  expect(after.receipt(pending!.id, ACCEPTED)?.command).toEqual(ask())
  expect(after.receipt(pending!.id, ACCEPTED)).toBeUndefined()
})

test('the bound holds, and room comes back with a receipt', async () => {
  const outbox = new Outbox('a1', 'member')
  const ids = Array.from({ length: OUTBOX_LIMIT }, () => outbox.post(ask()).pending!.id)
  await expect(outbox.post(ask()).verdict).rejects.toBeInstanceOf(OutboxFull)
  expect(new Outbox('a1', 'member').size).toBe(OUTBOX_LIMIT)
  outbox.receipt(ids[0]!, ACCEPTED)
  expect(outbox.post(ask()).pending).toBeDefined()
})

test('two tabs of one role do not erase each other', () => {
  const left = new Outbox('a1', 'desk')
  const right = new Outbox('a1', 'desk')
  const one = left.post(OPEN).pending!
  right.post(CLOSE)
  left.receipt(one.id, ACCEPTED)
  expect(new Outbox('a1', 'desk').unanswered().map((kept) => kept.command.type)).toEqual(['ballot.close/1'])
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
  const { pending, verdict } = outbox.post(ask())
  expect(outbox.durable).toBe(false)
  outbox.receipt(pending!.id, ACCEPTED)
  expect(await verdict).toEqual(ACCEPTED)
})

test('a full storage is noticed', () => {
  const outbox = new Outbox('a1', 'member')
  expect(outbox.durable).toBe(true)
  vi.spyOn(localStorage, 'setItem').mockImplementation(() => {
    throw new Error('quota')
  })
  outbox.post(ask())
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
  const { verdict } = outbox.post(ask())
  outbox.abandon()
  await expect(verdict).rejects.toBeInstanceOf(CommandNotUnderstood)
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
