import { flushSync } from 'svelte'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Command, Expects, Verdict } from '../protocol/generated'
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

const DONE: Verdict = { type: 'accepted', reply: { type: 'done' } }
const EXPECTS: Expects = { ballot: 1, round: 2, state: 'open' }
const ask = (text: string): Command => ({ type: 'question.ask/1', body: { visibility: 'named', text } })
const at = (seq: number, epoch = 'e1') => ({ epoch, seq })

test('a snapshot replaces everything, a difference the keys it names', () => {
  browser.socket.welcome()
  expect(live.ready).toBe(false)
  browser.socket.say({ type: 'snapshot', position: at(5), set: { sitting: { name: '一' }, 'question/2': 'b', 'question/10': 'c' } })
  expect(live.ready).toBe(true)
  browser.socket.say({ type: 'difference', position: at(6), set: { 'question/1': 'a' }, drop: ['question/10'] })
  expect(live.view('sitting')).toEqual({ name: '一' })
  expect(live.numbered('question')).toEqual(['a', 'b'])
  browser.socket.say({ type: 'snapshot', position: at(9), set: { case: 1 } })
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
  browser.socket.say({ type: 'snapshot', position: at(5), set: { attendance: 1 } })
  browser.socket.say({ type: 'difference', position: at(7), set: { attendance: 9 }, drop: [] })
  expect(live.view('attendance')).toBe(1)
  expect(browser.sockets).toHaveLength(2)
  browser.socket.accept()
  expect(browser.socket.sentOf('hello')[0]).not.toHaveProperty('position')
})

test('a difference of another start of the server, or before any snapshot, asks for everything too', () => {
  browser.socket.welcome()
  browser.socket.say({ type: 'difference', position: at(1), set: { attendance: 9 }, drop: [] })
  expect(browser.sockets).toHaveLength(2)
  browser.socket.welcome()
  browser.socket.say({ type: 'snapshot', position: at(5), set: { attendance: 1 } })
  browser.socket.say({ type: 'difference', position: at(6, 'e2'), set: { attendance: 9 }, drop: [] })
  expect(browser.sockets).toHaveLength(3)
  expect(live.view('attendance')).toBe(1)
})

test('comes back with its position and bearer, and keeps what it shows meanwhile', () => {
  browser.socket.welcome()
  browser.socket.say({ type: 'snapshot', position: at(5), set: { attendance: 1 } })
  browser.socket.end(4001)
  expect(live.status).toBe('waiting')
  expect(live.view('attendance')).toBe(1)
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
  browser.socket.say({ type: 'difference', position: at(6), set: { attendance: 2 }, drop: [] })
  expect(live.view('attendance')).toBe(2)
})

test('what is mine is its own stream: whole replaces, otherwise it changes', () => {
  browser.socket.welcome()
  browser.socket.say({ type: 'mine', whole: true, set: { 'my_question/1': 'x', me: 'm' }, drop: [] })
  browser.socket.say({ type: 'mine', whole: false, set: { 'my_question/2': 'y' }, drop: ['me'] })
  expect(live.mine.numbered('my_question')).toEqual(['x', 'y'])
  expect(live.mine.has('me')).toBe(false)
  expect(live.views.numbered('question')).toEqual([])
  browser.socket.say({ type: 'mine', whole: true, set: {}, drop: [] })
  expect(live.mine.numbered('my_question')).toEqual([])
})

test('a reader runs again only for its own key', () => {
  browser.socket.welcome()
  browser.socket.say({ type: 'snapshot', position: at(1), set: { attendance: { present: 1 }, sitting: 's', 'question/1': 'a' } })
  const runs = { tally: 0, absent: 0, list: 0 }
  const stop = $effect.root(() => {
    $effect(() => {
      live.view('attendance')
      runs.tally += 1
    })
    $effect(() => {
      live.view('door')
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
  browser.socket.say({ type: 'difference', position: at(3), set: { attendance: { present: 2 } }, drop: [] })
  flushSync()
  expect(runs).toEqual({ tally: 2, absent: 1, list: 1 })
  browser.socket.say({ type: 'difference', position: at(4), set: { door: 'v' }, drop: ['attendance'] })
  flushSync()
  expect(runs.tally).toBe(3)
  expect(runs.absent).toBe(2)
  const before = { ...runs }
  browser.socket.say({ type: 'snapshot', position: at(9), set: { door: 'v', sitting: 't', 'question/1': 'a' } })
  flushSync()
  expect(runs).toEqual(before)
  stop()
})

test('commands wait for the welcome and are sent again, in order, until their receipts', async () => {
  const first = live.send(ask('一'))
  const second = live.send(ask('二'), EXPECTS)
  expect(live.unsent).toBe(2)
  browser.socket.welcome()
  const sent = browser.socket.sentOf('command')
  expect(sent.map((one) => one.command)).toEqual([ask('一'), ask('二')])
  expect(sent[1]?.expects).toEqual(EXPECTS)
  browser.socket.say({ type: 'receipt', id: sent[0]!.id, outcome: { type: 'accepted', reply: { type: 'question_asked', question: 17 } } })
  expect(await first).toEqual({ type: 'accepted', reply: { type: 'question_asked', question: 17 } })
  browser.socket.end()
  vi.advanceTimersByTime(300)
  browser.socket.welcome()
  expect(browser.socket.sentOf('command')).toEqual([sent[1]])
  browser.socket.say({ type: 'receipt', id: sent[1]!.id, outcome: { type: 'refused', refusal: { code: 'ballot_closed' } } })
  expect(await second).toEqual({ type: 'refused', refusal: { code: 'ballot_closed' } })
  expect(live.unsent).toBe(0)
})

test('a command that the server is too busy for is offered again', () => {
  browser.socket.welcome()
  void live.send(ask('一'))
  const [sent] = browser.socket.sentOf('command')
  browser.socket.say({ type: 'busy', id: sent!.id, retry_after_ms: 700 })
  vi.advanceTimersByTime(699)
  expect(browser.socket.sentOf('command')).toHaveLength(1)
  vi.advanceTimersByTime(1)
  expect(browser.socket.sentOf('command')).toEqual([sent, sent])
  browser.socket.say({ type: 'busy', id: sent!.id, retry_after_ms: 700 })
  browser.socket.say({ type: 'receipt', id: sent!.id, outcome: DONE })
  vi.advanceTimersByTime(700)
  expect(browser.socket.sentOf('command')).toHaveLength(2)
})

test('a reloaded page sends what the old one could not, and hears of its receipt', () => {
  void live.send(ask('一'))
  live.stop()
  const late = vi.fn()
  live = new Live({ appraisal: 'a1', audience: 'member', onLateReceipt: late })
  expect(live.unsent).toBe(1)
  live.start()
  browser.socket.welcome()
  const sent = browser.socket.sentOf('command')[0]!
  browser.socket.say({ type: 'receipt', id: sent.id, outcome: DONE })
  expect(late).toHaveBeenCalledWith(ask('一'), DONE)
  expect(live.unsent).toBe(0)
})

test('an end for good is named; a new sign-in starts it again', () => {
  browser.socket.welcome()
  browser.socket.end(4104)
  expect(live.status).toBe('ended')
  expect(live.end).toBe('sign_in_required')
  live.start()
  browser.socket.welcome()
  expect(live.status).toBe('live')
  expect(live.end).toBeUndefined()
})

test('a command that the server cannot understand is not sent for ever', async () => {
  const sent = live.send(ask('x'))
  browser.socket.welcome()
  browser.socket.end(4101)
  await expect(sent).rejects.toThrow()
  expect(make().unsent).toBe(0)
})

test('a greeting that is not understood does not cost what waits', () => {
  void live.send(ask('x'))
  browser.socket.accept()
  browser.socket.end(4101)
  expect(make().unsent).toBe(1)
})
