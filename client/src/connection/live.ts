/**
 * One socket that is kept alive: it comes back after drops, silence and sleep, and stays away when it is told to.
 * It knows the envelope's greeting and heartbeat; what the rest means is for its owner.
 */
import { type ClientMessage, CLOSE_CODES, type ServerMessage } from '../protocol/generated'
import { isFinal } from './endings'

export type LiveStatus = 'connecting' | 'live' | 'waiting' | 'ended'

export interface LiveOptions {
  url: () => string
  /** Asked at each connection, because the position and the bearer change. */
  hello: () => ClientMessage
  onMessage: (message: ServerMessage) => void
  onStatus: (status: LiveStatus, endCode?: number) => void
  /** Server's clock less ours, by the exchange that was quickest. */
  onClock: (offset_ms: number) => void
}

/** A socket may hang in CONNECTING, or open and never be greeted. */
const CONNECT_LIMIT_MS = 5_000
/** The server names its heartbeat; whatever it says, we neither flood it nor fall asleep. */
const BEAT_MIN_MS = 2_000
const BEAT_MAX_MS = 30_000
/** With a beat of 10 s, a server that falls silent is given up after 25 to 30 s. */
const UNANSWERED_BEATS = 1.5
/** Phones close sockets without telling the page; after so long out of sight a new one is surer than the old. */
const AWAY_LIMIT_MS = 3_000
const FIRST_WAIT_MS = 300
const LONGEST_WAIT_MS = 8_000
/** A server with too much to do is left alone for seconds, as if it had failed several times. */
const BUSY_TRIES = 4
/** Round trips this much slower than the best may still correct the clock; slower ones would blur it. */
const CLOCK_SLACK_MS = 20

type Timer = ReturnType<typeof setTimeout>

export class LiveSocket {
  private options: LiveOptions
  private socket: WebSocket | undefined
  private greeted = false
  private running = false
  private tries = 0
  private hiddenAt_ms: number | undefined
  private guard: Timer | undefined
  private retry: Timer | undefined
  private beat: Timer | undefined
  private beat_ms = BEAT_MAX_MS
  private nonce = 0
  private askedAt_ms = 0
  private unansweredSince_ms: number | undefined
  private bestTrip_ms = Infinity

  constructor(options: LiveOptions) {
    this.options = options
  }

  start(): void {
    if (this.running) return
    this.running = true
    this.tries = 0
    document.addEventListener('visibilitychange', this.seen)
    window.addEventListener('pageshow', this.shown)
    window.addEventListener('online', this.online)
    this.open()
  }

  stop(): void {
    this.running = false
    this.drop()
    document.removeEventListener('visibilitychange', this.seen)
    window.removeEventListener('pageshow', this.shown)
    window.removeEventListener('online', this.online)
  }

  /** Leaves the socket and greets anew at once, as when the stream of differences has a gap. */
  reconnect(): void {
    if (this.running) this.open()
  }

  /** False when the message could not be handed to a greeted socket. */
  send(message: ClientMessage): boolean {
    if (!this.greeted || this.socket?.readyState !== WebSocket.OPEN) return false
    this.socket.send(JSON.stringify(message))
    return true
  }

  private open(): void {
    this.drop()
    this.options.onStatus('connecting')
    let socket: WebSocket
    try {
      socket = new WebSocket(this.options.url())
    } catch {
      return this.later()
    }
    this.socket = socket
    this.guard = setTimeout(() => this.later(), CONNECT_LIMIT_MS)
    socket.onopen = () => {
      clearTimeout(this.guard)
      this.guard = setTimeout(() => this.later(), CONNECT_LIMIT_MS)
      this.askedAt_ms = Date.now()
      socket.send(JSON.stringify(this.options.hello()))
    }
    socket.onmessage = (event) => this.receive(event.data)
    socket.onclose = (event) => {
      if (isFinal(event.code)) return this.end(event.code)
      if (event.code === CLOSE_CODES.too_busy) this.tries = Math.max(this.tries, BUSY_TRIES)
      this.later()
    }
  }

  private receive(text: unknown): void {
    const message = parse(text)
    // Whoever does not speak our envelope is not our server (a captive portal, say); keep knocking slowly.
    if (!message) return this.later()
    this.unansweredSince_ms = undefined
    if (message.type === 'pong') {
      if (message.nonce === this.nonce) this.measure(message.now_ms)
      return
    }
    if (message.type === 'welcome') {
      clearTimeout(this.guard)
      this.greeted = true
      this.tries = 0
      this.bestTrip_ms = Infinity
      this.measure(message.now_ms)
      this.beat_ms = Math.min(BEAT_MAX_MS, Math.max(BEAT_MIN_MS, message.heartbeat_ms))
      this.beat = setInterval(() => this.ping(), this.beat_ms)
    }
    this.options.onMessage(message)
    if (message.type === 'welcome' && this.greeted) this.options.onStatus('live')
  }

  private measure(server_ms: number): void {
    const now_ms = Date.now()
    const trip_ms = now_ms - this.askedAt_ms
    if (trip_ms < 0 || trip_ms > this.bestTrip_ms + CLOCK_SLACK_MS) return
    this.bestTrip_ms = Math.min(trip_ms, this.bestTrip_ms)
    this.options.onClock(Math.round(server_ms + trip_ms / 2 - now_ms))
  }

  private ping(): void {
    const now_ms = Date.now()
    // Counted from the first ping without an answer, not from the last word heard: hidden pages ping too rarely for that.
    const silent_ms = now_ms - (this.unansweredSince_ms ?? now_ms)
    if (silent_ms >= this.beat_ms * UNANSWERED_BEATS) return this.open()
    this.unansweredSince_ms ??= now_ms
    this.askedAt_ms = now_ms
    this.nonce += 1
    this.send({ type: 'ping', nonce: this.nonce })
  }

  private later(): void {
    this.drop()
    if (!this.running) return
    this.options.onStatus('waiting')
    if (document.hidden) return // `seen` wakes it
    const longest_ms = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.tries)
    this.tries = Math.min(this.tries + 1, 10)
    // Jitter, so that a hall of phones does not return in one instant.
    this.retry = setTimeout(() => this.open(), longest_ms / 2 + (Math.random() * longest_ms) / 2)
  }

  private end(code: number): void {
    this.stop()
    this.options.onStatus('ended', code)
  }

  private drop(): void {
    clearTimeout(this.guard)
    clearTimeout(this.retry)
    clearInterval(this.beat)
    this.greeted = false
    this.unansweredSince_ms = undefined
    const socket = this.socket
    this.socket = undefined
    if (!socket) return
    // A dropped socket may still deliver; its late words must not reach the new state.
    socket.onopen = socket.onmessage = socket.onclose = null
    socket.close()
  }

  private knockNow(): void {
    this.tries = 0
    this.open()
  }

  private seen = (): void => {
    if (document.hidden) {
      this.hiddenAt_ms ??= Date.now()
      return
    }
    const away_ms = this.hiddenAt_ms === undefined ? 0 : Date.now() - this.hiddenAt_ms
    this.hiddenAt_ms = undefined
    const gone = !this.socket || this.socket.readyState > WebSocket.OPEN
    if (gone || away_ms > AWAY_LIMIT_MS) this.knockNow()
  }

  /** iOS may come back from its page cache with `pageshow` alone. */
  private shown = (event: PageTransitionEvent): void => {
    if (event.persisted) this.knockNow()
  }

  private online = (): void => this.knockNow()
}

function parse(text: unknown): ServerMessage | undefined {
  try {
    const message: unknown = JSON.parse(String(text))
    return typeof message === 'object' && message !== null && 'type' in message ? (message as ServerMessage) : undefined
  } catch {
    return undefined
  }
}

/** The socket's address on the server that the page came from. */
export function socketUrl(path: string): string {
  return `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}${path}`
}
