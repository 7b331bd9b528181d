import { flushSync } from 'svelte'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Live } from './store.svelte'
import { type FakeBrowser, fakeBrowser } from './testing'

let browser: FakeBrowser
let live: Live

const make = () => new Live({ appraisal: 'a1', audience: 'member', bearer: () => 'b' })

beforeEach(() => {
  browser = fakeBrowser()
  live = make()
  live.start()
})

afterEach(() => {
  live.stop()
  vi.useRealTimers()
})

const at = (seq: number, epoch = 'e1') => ({ epoch, seq })

test('a snapshot replaces everything, a difference the keys it names', () => {
  browser.socket.welcome()
  expect(live.ready).toBe(false)
  browser.socket.say({ type: 'snapshot', position: at(5), set: { sitting: { name: '一' }, 'question/2': 'b', 'question/10': 'c' } })
  expect(live.ready).toBe(true)
  browser.socket.say({ type: 'difference', position: at(6), set: { 'question/1': 'a' }, drop: ['question/10'] })
  expect(live.view('sitting')).toEqual({ name: '一' })
  expect(live.numbered('question')).toEqual(['a', 'b'])
  browser.socket.say({ type: 'snapshot', position: at(9), set: { other: 1 } })
  expect(live.view('sitting')).toBeUndefined()
  expect(live.numbered('question')).toEqual([])
})

test('numbered values come by number and not by spelling, and deeper keys stay out', () => {
  browser.socket.welcome()
  browser.socket.say({
    type: 'snapshot',
    position: at(1),
    set: { 'ballot/10': 'ten', 'ballot/9': 'nine', 'ballot/9/turnout': 'deep', 'ballots/1': 'other', ballot: 'bare' },
  })
  expect(live.numbered('ballot')).toEqual(['nine', 'ten'])
})

test('a gap is never applied: it asks for everything', () => {
  browser.socket.welcome()
  browser.socket.say({ type: 'snapshot', position: at(5), set: { tally: 1 } })
  browser.socket.say({ type: 'difference', position: at(7), set: { tally: 9 }, drop: [] })
  expect(live.view('tally')).toBe(1)
  expect(browser.sockets).toHaveLength(2)
  browser.socket.accept()
  expect(browser.socket.sentOf('hello')[0]).not.toHaveProperty('position')
})

test('a difference of another start of the server, or before any snapshot, asks for everything too', () => {
  browser.socket.welcome()
  browser.socket.say({ type: 'difference', position: at(1), set: { tally: 9 }, drop: [] })
  expect(browser.sockets).toHaveLength(2)
  browser.socket.welcome()
  browser.socket.say({ type: 'snapshot', position: at(5), set: { tally: 1 } })
  browser.socket.say({ type: 'difference', position: at(6, 'e2'), set: { tally: 9 }, drop: [] })
  expect(browser.sockets).toHaveLength(3)
  expect(live.view('tally')).toBe(1)
})

test('comes back with its position and bearer, and keeps what it shows meanwhile', () => {
  browser.socket.welcome()
  browser.socket.say({ type: 'snapshot', position: at(5), set: { tally: 1 } })
  browser.socket.end(4001)
  expect(live.status).toBe('waiting')
  expect(live.view('tally')).toBe(1)
  vi.advanceTimersByTime(300)
  browser.socket.welcome()
  expect(browser.socket.sentOf('hello')[0]).toEqual({
    type: 'hello',
    protocol: 1,
    appraisal: 'a1',
    audience: 'member',
    bearer: 'b',
    position: at(5),
  })
  browser.socket.say({ type: 'difference', position: at(6), set: { tally: 2 }, drop: [] })
  expect(live.view('tally')).toBe(2)
})

test('what is mine is its own stream: whole replaces, otherwise it changes', () => {
  browser.socket.welcome()
  browser.socket.say({ type: 'mine', whole: true, set: { 'question/1': 'x', check_in: true }, drop: [] })
  browser.socket.say({ type: 'mine', whole: false, set: { 'question/2': 'y' }, drop: ['check_in'] })
  expect(live.mine.numbered('question')).toEqual(['x', 'y'])
  expect(live.mine.has('check_in')).toBe(false)
  expect(live.view('question/1')).toBeUndefined()
  browser.socket.say({ type: 'mine', whole: true, set: {}, drop: [] })
  expect(live.mine.numbered('question')).toEqual([])
})

test('a reader runs again only for its own key', () => {
  browser.socket.welcome()
  browser.socket.say({ type: 'snapshot', position: at(1), set: { tally: { yes: 1 }, sitting: 's', 'question/1': 'a' } })
  const runs = { tally: 0, absent: 0, list: 0 }
  const stop = $effect.root(() => {
    $effect(() => {
      live.view('tally')
      runs.tally += 1
    })
    $effect(() => {
      live.view('verdict')
      runs.absent += 1
    })
    $effect(() => {
      live.numbered('question')
      runs.list += 1
    })
  })
  flushSync()
  expect(runs).toEqual({ tally: 1, absent: 1, list: 1 })
  browser.socket.say({ type: 'difference', position: at(2), set: { sitting: 't' }, drop: [] })
  flushSync()
  expect(runs).toEqual({ tally: 1, absent: 1, list: 1 })
  browser.socket.say({ type: 'difference', position: at(3), set: { tally: { yes: 2 } }, drop: [] })
  flushSync()
  expect(runs).toEqual({ tally: 2, absent: 1, list: 1 })
  browser.socket.say({ type: 'difference', position: at(4), set: { verdict: 'v' }, drop: ['tally'] })
  flushSync()
  expect(runs.tally).toBe(3)
  expect(runs.absent).toBe(2)
  const before = { ...runs }
  browser.socket.say({ type: 'snapshot', position: at(9), set: { verdict: 'v', sitting: 't', 'question/1': 'a' } })
  flushSync()
  expect(runs).toEqual(before)
  stop()
})

test('commands wait for the welcome and are sent again, in order, until their receipts', async () => {
  const first = live.send({ type: 'ask', text: '一' })
  const second = live.send({ type: 'ask', text: '二' }, { round: 2 })
  expect(live.unsent).toBe(2)
  browser.socket.welcome()
  const sent = browser.socket.sentOf('command')
  expect(sent.map((one) => one.command.text)).toEqual(['一', '二'])
  expect(sent[1]?.expects).toEqual({ round: 2 })
  browser.socket.say({ type: 'receipt', id: sent[0]!.id, outcome: { type: 'accepted', number: 17 } })
  expect(await first).toEqual({ type: 'accepted', number: 17 })
  browser.socket.end()
  vi.advanceTimersByTime(300)
  browser.socket.welcome()
  expect(browser.socket.sentOf('command')).toEqual([sent[1]])
  browser.socket.say({ type: 'receipt', id: sent[1]!.id, outcome: { type: 'refused', refusal: { code: 'ballot_closed' } } })
  expect(await second).toEqual({ type: 'refused', refusal: { code: 'ballot_closed' } })
  expect(live.unsent).toBe(0)
})

test('a reloaded page sends what the old one could not, and hears of its receipt', () => {
  void live.send({ type: 'ask', text: '一' })
  live.stop()
  const late = vi.fn()
  live = new Live({ appraisal: 'a1', audience: 'member', onLateReceipt: late })
  expect(live.unsent).toBe(1)
  live.start()
  browser.socket.welcome()
  const sent = browser.socket.sentOf('command')[0]!
  browser.socket.say({ type: 'receipt', id: sent.id, outcome: { type: 'accepted' } })
  expect(late).toHaveBeenCalledWith({ type: 'ask', text: '一' }, { type: 'accepted' })
  expect(live.unsent).toBe(0)
})

test('an end for good is named; a new sign-in starts it again', () => {
  browser.socket.welcome()
  browser.socket.end(4104)
  expect(live.status).toBe('ended')
  expect(live.endName).toBe('sign_in_required')
  live.start()
  browser.socket.welcome()
  expect(live.status).toBe('live')
  expect(live.endName).toBeUndefined()
})

test('a command that the server cannot understand is not sent for ever', async () => {
  const sent = live.send({ type: 'nonsense' })
  browser.socket.welcome()
  browser.socket.end(4101)
  await expect(sent).rejects.toThrow()
  expect(make().unsent).toBe(0)
})

test('a greeting that is not understood does not cost what waits', () => {
  void live.send({ type: 'ask' })
  browser.socket.accept()
  browser.socket.end(4101)
  expect(make().unsent).toBe(1)
})
