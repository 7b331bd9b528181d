import { flushSync } from 'svelte'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type FakeBrowser, fakeBrowser } from '../../connection/testing'
import { Foreground } from './foreground.svelte'
import { Room } from './room.svelte'

let browser: FakeBrowser
let room: Room
let foreground: Foreground
let stop: () => void
let seq = 0

beforeEach(() => {
  browser = fakeBrowser()
  seq = 0
  room = new Room('a1')
  foreground = new Foreground(room)
  room.live.start()
  browser.socket.welcome()
  stop = $effect.root(() => {
    $effect(() => foreground.follow())
  })
})

afterEach(() => {
  stop()
  room.live.stop()
  vi.useRealTimers()
})

function show(ballots: Record<number, string>, running?: number, screen?: number, round = 1, sheet?: number[]): void {
  seq += 1
  const set: Record<string, unknown> = {
    sitting: { state: 'open', opened_at: 1, closed_at: 0, running_ballot: running },
    screen: screen === undefined ? { type: 'welcome' } : { type: 'ballot', ballot: screen },
  }
  for (const [id, state] of Object.entries(ballots)) {
    set[`ballot/${id}`] = { id: Number(id), round, state, sheet, voided: round > 1 ? [{ round: 1, reason: '有误' }] : [] }
  }
  browser.socket.say({ type: 'snapshot', position: { epoch: 'e1', seq }, set })
  flushSync()
}

test('nothing comes forward before a ballot is presented', () => {
  show({ 1: 'prepared' })
  expect(foreground.ballot).toBeUndefined()
  show({ 1: 'presented' }, 1)
  expect(foreground.ballot?.id).toBe(1)
})

test('who steps back stays back while voting goes on, and is called at the opening and at the result', () => {
  show({ 1: 'presented' }, 1)
  foreground.leave()
  expect(foreground.ballot).toBeUndefined()
  expect(foreground.behind?.id).toBe(1)
  show({ 1: 'open' }, 1)
  expect(foreground.ballot?.state).toBe('open')
  foreground.leave()
  show({ 1: 'paused' }, 1)
  show({ 1: 'closing' }, 1)
  show({ 1: 'sealed' })
  expect(foreground.ballot).toBeUndefined()
  show({ 1: 'announced' })
  expect(foreground.ballot?.state).toBe('announced')
  foreground.leave()
  expect(foreground.ballot).toBeUndefined()
})

test('the voided round and its repetition come forward', () => {
  show({ 1: 'open' }, 1)
  foreground.leave()
  show({ 1: 'prepared' }, undefined, 1, 2)
  expect(foreground.ballot?.round).toBe(2)
  foreground.leave()
  show({ 1: 'open' }, 1, 1, 2)
  expect(foreground.ballot?.state).toBe('open')
})

test('the next ballot takes the place of the last result', () => {
  show({ 1: 'open', 2: 'prepared' }, 1)
  show({ 1: 'announced', 2: 'prepared' })
  show({ 1: 'announced', 2: 'presented' }, 2)
  expect(foreground.ballot?.id).toBe(2)
})

test('a phone that comes after the close waits for the result too; one that comes after it is not stopped', () => {
  show({ 1: 'sealed' }, undefined, 1)
  expect(foreground.ballot?.id).toBe(1)
  foreground.leave()
  show({ 1: 'announced' }, undefined, 1)
  expect(foreground.ballot?.id).toBe(1)
})

test('a result is not forced on who opens the page later, but can be opened', () => {
  show({ 1: 'announced' }, undefined, 1)
  expect(foreground.ballot).toBeUndefined()
  foreground.open(1)
  expect(foreground.ballot?.id).toBe(1)
})

test('a sheet is one: it calls when any of its ballots does, and stays left while the next of them is the first that runs', () => {
  const sheet = [1, 2]
  show({ 1: 'open', 2: 'open' }, 1, 1, 1, sheet)
  expect(foreground.ballot?.id).toBe(1)
  foreground.leave()
  expect(foreground.behind?.id).toBe(1)
  show({ 1: 'sealed', 2: 'closing' }, 2, 1, 1, sheet)
  expect(foreground.ballot).toBeUndefined()
  show({ 1: 'sealed', 2: 'presented' }, 2, 2, 1, sheet)
  expect(foreground.ballot?.id).toBe(2)
  expect(foreground.behind).toBeUndefined()
})

test('of two groups of voters each is called to its own ballot', () => {
  const both = () => show({ 1: 'open', 2: 'open' }, 1, 1, 1, [1, 2])
  both()
  expect(foreground.ballot?.sheet, 'who votes in neither sees both').toEqual([1, 2])
  seq += 1
  const my = { ballot: 2, round: 1, entitled: true, recused: false, way: 'phone', recorded: false, token_taken: false }
  browser.socket.say({ type: 'mine', whole: true, position: { epoch: 'e1', seq }, set: { me: { kind: 'attendee', attendance: 'present' }, 'my_ballot/2': my } } as never)
  both()
  expect([foreground.ballot?.id, foreground.ballot?.sheet]).toEqual([2, undefined])
  expect(room.ballots.map((one) => one.id)).toEqual([2])
  expect(room.voting.standing({ ...room.ballot(2)!, secrecy: 'named' }, room.myBallot(2), room.me), 'and may vote there').toBe('choose')
  expect(room.sheets.map((sheet) => sheet.length), 'scrutineers watch both').toEqual([2])
})
