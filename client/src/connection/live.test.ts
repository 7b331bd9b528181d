import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { ServerMessage } from '../protocol/generated'
import { LiveSocket, type LiveStatus } from './live'
import { type FakeBrowser, fakeBrowser } from './testing'

let browser: FakeBrowser
let live: LiveSocket
let statuses: [LiveStatus, number | undefined][]
let offsets: number[]
let heard: ServerMessage[]

beforeEach(() => {
  browser = fakeBrowser()
  statuses = []
  offsets = []
  heard = []
  live = new LiveSocket({
    url: () => 'ws://meet.lan/ws',
    hello: () => ({ type: 'hello', protocol: 1, appraisal: 'a1', audience: 'member' }),
    onMessage: (message) => heard.push(message),
    onStatus: (status, code) => statuses.push([status, code]),
    onClock: (offset_ms) => offsets.push(offset_ms),
  })
  live.start()
})

afterEach(() => {
  live.stop()
  vi.useRealTimers()
})

const last = () => statuses[statuses.length - 1]
const status = () => last()?.[0]

test('greets first, and is live only once it is welcomed', () => {
  browser.socket.accept()
  expect(browser.socket.sent).toEqual([{ type: 'hello', protocol: 1, appraisal: 'a1', audience: 'member' }])
  expect(status()).toBe('connecting')
  expect(live.send({ type: 'command', id: 'x', command: { type: 'sitting.open/1', body: {} } })).toBe(false)
  browser.socket.welcome()
  expect(status()).toBe('live')
  expect(live.send({ type: 'command', id: 'x', command: { type: 'sitting.open/1', body: {} } })).toBe(true)
})

test('comes back after the server dropped it', () => {
  browser.socket.welcome()
  browser.socket.end()
  expect(status()).toBe('waiting')
  vi.advanceTimersByTime(300)
  expect(browser.sockets).toHaveLength(2)
  browser.socket.welcome()
  expect(status()).toBe('live')
})

test('waits longer each time, with jitter, up to eight seconds', () => {
  vi.spyOn(Math, 'random').mockReturnValue(1)
  const waits: number[] = []
  for (let round = 0; round < 7; round += 1) {
    browser.socket.end()
    const count = browser.sockets.length
    const from = Date.now()
    while (browser.sockets.length === count) vi.advanceTimersByTime(50)
    waits.push(Date.now() - from)
  }
  expect(waits).toEqual([300, 600, 1200, 2400, 4800, 8000, 8000])
})

test('a server that accepts and drops without a welcome does not bring a hot loop', () => {
  for (let round = 0; round < 6; round += 1) {
    browser.socket.accept()
    browser.socket.end()
    vi.advanceTimersByTime(8_000)
  }
  const count = browser.sockets.length
  browser.socket.end()
  vi.advanceTimersByTime(3_900)
  expect(browser.sockets).toHaveLength(count)
})

test('gives up a socket that hangs in connecting, and one that is never welcomed', () => {
  vi.advanceTimersByTime(5_000)
  expect(status()).toBe('waiting')
  vi.advanceTimersByTime(300)
  expect(browser.sockets).toHaveLength(2)
  browser.socket.accept()
  vi.advanceTimersByTime(5_000)
  expect(status()).toBe('waiting')
})

test('a server that answers its pings is kept', () => {
  browser.socket.welcome()
  for (let round = 0; round < 30; round += 1) {
    vi.advanceTimersByTime(10_000)
    browser.socket.say({ type: 'pong', nonce: browser.socket.lastPing(), now_ms: Date.now() })
  }
  expect(browser.sockets).toHaveLength(1)
  expect(heard.map((message) => message.type)).toEqual(['welcome'])
})

test('a silent server is left well within a minute, though its connection stays open', () => {
  browser.socket.welcome()
  const silent = browser.socket
  vi.advanceTimersByTime(30_000)
  expect(browser.sockets).toHaveLength(2)
  browser.socket.welcome()
  expect(status()).toBe('live')
  silent.say({ type: 'snapshot', position: { epoch: 'e1', seq: 1 }, set: {} })
  silent.end(4105)
  expect(heard.map((message) => message.type)).toEqual(['welcome', 'welcome'])
  expect(status()).toBe('live')
})

test('does not knock while the page is hidden, and at once when it is seen', () => {
  browser.socket.welcome()
  browser.setHidden(true)
  browser.socket.end()
  vi.advanceTimersByTime(60_000)
  expect(browser.sockets).toHaveLength(1)
  browser.setHidden(false)
  expect(browser.sockets).toHaveLength(2)
})

test('after a long sleep the socket is replaced even if it looks open; after a glance away it is kept', () => {
  browser.socket.welcome()
  browser.setHidden(true)
  vi.advanceTimersByTime(2_000)
  browser.setHidden(false)
  expect(browser.sockets).toHaveLength(1)
  browser.setHidden(true)
  vi.advanceTimersByTime(9_000)
  browser.setHidden(false)
  expect(browser.sockets).toHaveLength(2)
})

test('comes back from the page cache and with the network', () => {
  browser.socket.welcome()
  browser.fire('pageshow', { persisted: false })
  expect(browser.sockets).toHaveLength(1)
  browser.fire('pageshow', { persisted: true })
  expect(browser.sockets).toHaveLength(2)
  browser.fire('online')
  expect(browser.sockets).toHaveLength(3)
})

test('codes from 4100 on end it for good; 4000 and others do not', () => {
  browser.socket.welcome()
  browser.socket.end(4000)
  expect(status()).toBe('waiting')
  vi.advanceTimersByTime(300)
  browser.socket.welcome()
  browser.socket.end(4105)
  expect(last()).toEqual(['ended', 4105])
  vi.advanceTimersByTime(60_000)
  browser.setHidden(true)
  browser.setHidden(false)
  browser.fire('online')
  expect(browser.sockets).toHaveLength(2)
  live.start()
  expect(browser.sockets).toHaveLength(3)
})

test('what is not our protocol is treated as a failed connection', () => {
  browser.socket.accept()
  browser.socket.onmessage?.({ data: '<html>log in to the guest network</html>' })
  expect(status()).toBe('waiting')
})

test('the clock follows the quickest exchange', () => {
  browser.socket.accept()
  vi.advanceTimersByTime(200)
  browser.socket.say({ type: 'welcome', protocol: 1, epoch: 'e1', now_ms: Date.now() + 5_000, heartbeat_ms: 10_000 })
  expect(offsets).toEqual([5_100])
  vi.advanceTimersByTime(10_000)
  vi.advanceTimersByTime(40)
  browser.socket.say({ type: 'pong', nonce: browser.socket.lastPing(), now_ms: Date.now() + 5_000 })
  expect(offsets).toEqual([5_100, 5_020])
})

test('a slow answer does not blur a clock that is already good', () => {
  browser.socket.welcome('e1', Date.now() + 5_000)
  vi.advanceTimersByTime(10_000)
  vi.advanceTimersByTime(3_000)
  browser.socket.say({ type: 'pong', nonce: browser.socket.lastPing(), now_ms: Date.now() + 5_000 })
  expect(offsets).toEqual([5_000])
})
