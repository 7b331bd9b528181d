/** Stand-ins for the browser in tests of the connection: storage, sockets, page visibility. */
import { vi } from 'vitest'
import type { ClientMessage, ServerMessage } from '../protocol/generated'

export function fakeStorage(): Storage {
  const kept = new Map<string, string>()
  return {
    get length() {
      return kept.size
    },
    key: (place) => [...kept.keys()][place] ?? null,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
    clear: () => kept.clear(),
  }
}

export class FakeSocket {
  static readonly CONNECTING = 0
  static readonly OPEN = 1
  static readonly CLOSED = 3
  readyState: number = FakeSocket.CONNECTING
  onopen: (() => void) | null = null
  onmessage: ((event: { data: string }) => void) | null = null
  onclose: ((event: { code: number }) => void) | null = null
  readonly sent: ClientMessage[] = []

  constructor(readonly url: string) {}

  send(text: string): void {
    this.sent.push(JSON.parse(text))
  }

  close(): void {
    this.readyState = FakeSocket.CLOSED
  }

  /** The server's side of it. */
  accept(): void {
    this.readyState = FakeSocket.OPEN
    this.onopen?.()
  }

  say(message: ServerMessage): void {
    this.onmessage?.({ data: JSON.stringify(message) })
  }

  welcome(epoch = 'e1', now_ms = Date.now()): void {
    this.accept()
    this.say({ type: 'welcome', protocol: 1, epoch, now_ms, heartbeat_ms: 10_000 })
  }

  /** Lets the socket end with a code; 1006 is what a broken network looks like. */
  end(code = 1006): void {
    this.readyState = FakeSocket.CLOSED
    this.onclose?.({ code })
  }

  lastPing(): number {
    return this.sentOf('ping').reduce((_, ping) => ping.nonce, 0)
  }

  sentOf<T extends ClientMessage['type']>(type: T): Extract<ClientMessage, { type: T }>[] {
    return this.sent.filter((message): message is Extract<ClientMessage, { type: T }> => message.type === type)
  }
}

export interface FakeBrowser {
  sockets: FakeSocket[]
  /** The newest socket. */
  readonly socket: FakeSocket
  setHidden(hidden: boolean): void
  fire(type: 'pageshow' | 'online', fields?: object): void
}

/** Fake timers, document, window, storage and WebSocket, until the test's globals are unstubbed. */
export function fakeBrowser(): FakeBrowser {
  vi.useFakeTimers({ now: 1_795_000_000_000 })
  const sockets: FakeSocket[] = []
  const page = Object.assign(new EventTarget(), { hidden: false })
  const frame = new EventTarget()
  vi.stubGlobal('document', page)
  vi.stubGlobal('window', frame)
  vi.stubGlobal('location', { protocol: 'http:', host: 'meet.lan' })
  vi.stubGlobal('localStorage', fakeStorage())
  vi.stubGlobal(
    'WebSocket',
    class extends FakeSocket {
      constructor(url: string) {
        super(url)
        sockets.push(this)
      }
    },
  )
  return {
    sockets,
    get socket() {
      const newest = sockets[sockets.length - 1]
      if (!newest) throw new Error('no socket was opened')
      return newest
    },
    setHidden(hidden) {
      page.hidden = hidden
      page.dispatchEvent(new Event('visibilitychange'))
    },
    fire(type, fields = {}) {
      frame.dispatchEvent(Object.assign(new Event(type), fields))
    },
  }
}
