/** What a page knows of an appraisal: the shared views of its audience, what is its own, and the way to send commands. */
import {
  type Audience,
  CLOSE_CODES,
  type Command,
  type Expects,
  PROTOCOL,
  type Position,
  type ServerMessage,
  type Verdict,
} from '../protocol/generated'
import type { OwnFamilies, OwnViews, SharedFamilies, SharedViews } from '../protocol/keys'
import { type FinalEnd, finalEnd } from './endings'
import { LiveSocket, type LiveStatus, socketUrl } from './live'
import { Outbox, type Pending } from './outbox'
import { Views } from './views.svelte'

/** However long the server asks to wait, a command is offered again after this. */
const BUSY_WAIT_MAX_MS = 30_000

export interface LiveSettings {
  appraisal: string
  audience: Audience
  /** Whose outbox and bearer these are; the audience where it is not given. */
  role?: string
  /** Asked at each connection. */
  bearer?: () => string | undefined
  path?: string
  /** A receipt for a command that was posted before the page was reloaded. */
  onLateReceipt?: (command: Command, verdict: Verdict) => void
}

export class Live {
  status = $state<LiveStatus>('connecting')
  /** Set while `status` is 'ended'. */
  endCode = $state<number>()
  /** True once a first snapshot has come; until then absent keys mean nothing. */
  ready = $state(false)
  clockOffsetMs = $state(0)
  /** Commands without a receipt. */
  unsent = $state(0)
  /** False when the device cannot keep unsent commands over a reload. */
  durable = $state(true)
  readonly views = new Views<SharedViews, SharedFamilies>()
  readonly mine = new Views<OwnViews, OwnFamilies>()
  private settings: LiveSettings
  private position: Position | undefined
  private outbox: Outbox
  private socket: LiveSocket
  /** Whether a command went into the present socket, and so may be what the server could not understand. */
  private spoke = false

  constructor(settings: LiveSettings) {
    this.settings = settings
    this.outbox = new Outbox(settings.appraisal, settings.role ?? settings.audience)
    this.count()
    this.socket = new LiveSocket({
      url: () => socketUrl(settings.path ?? '/ws'),
      hello: () => ({
        type: 'hello',
        protocol: PROTOCOL,
        appraisal: settings.appraisal,
        audience: settings.audience,
        bearer: settings.bearer?.(),
        position: this.position,
      }),
      onMessage: (message) => this.take(message),
      onStatus: (status, endCode) => this.turn(status, endCode),
      onClock: (offset_ms) => {
        this.clockOffsetMs = offset_ms
      },
    })
  }

  /** The name of the end, for `t().shell.ended[…]`. */
  get end(): FinalEnd | undefined {
    return this.endCode === undefined ? undefined : finalEnd(this.endCode)
  }

  /** Opens the connection; also after it ended, once the cause is gone (a new bearer, say). */
  start(): void {
    this.socket.start()
  }

  stop(): void {
    this.socket.stop()
  }

  /** One value of the shared view. */
  view<Key extends keyof SharedViews & string>(key: Key): SharedViews[Key] | undefined {
    return this.views.get(key)
  }

  /** All shared values of a family, in order of their numbers. */
  numbered<Name extends keyof SharedFamilies>(family: Name): SharedFamilies[Name][] {
    return this.views.numbered(family)
  }

  /** The server's time. It is not reactive; `Countdown` ticks by itself. */
  nowMs(): number {
    return Date.now() + this.clockOffsetMs
  }

  /** Commands without a receipt, oldest first; also those of the page before its reload. */
  get waiting(): readonly Command[] {
    void this.unsent
    return this.outbox.unanswered().map((pending) => pending.command)
  }

  /**
   * Resolves with the verdict, refusals included, however long the network is away.
   * A command that carries a signature over its own id brings that id, made by `newId`.
   */
  send(command: Command, expects?: Expects, id?: string): Promise<Verdict> {
    const { pending, verdict } = this.outbox.post(command, expects, id)
    if (pending) this.transmit(pending)
    this.count()
    return verdict
  }

  private take(message: ServerMessage): void {
    switch (message.type) {
      case 'welcome':
        for (const pending of this.outbox.unanswered()) this.transmit(pending)
        return
      case 'snapshot':
        this.position = message.position
        this.views.replace(message.set)
        this.ready = true
        return
      case 'difference':
        return this.difference(message)
      case 'mine':
        if (message.whole) this.mine.replace(message.set)
        else this.mine.change(message.set, message.drop)
        return
      case 'receipt': {
        const late = this.outbox.receipt(message.id, message.outcome)
        this.count()
        if (late) this.settings.onLateReceipt?.(late.command, message.outcome)
        return
      }
      case 'busy':
        // By then it may have been answered, or sent again after a welcome; a repeat is harmless, an answered one is gone.
        setTimeout(() => this.again(message.id), Math.min(BUSY_WAIT_MAX_MS, Math.max(0, message.retry_after_ms)))
        return
    }
  }

  private difference(message: ServerMessage & { type: 'difference' }): void {
    const { epoch, seq } = message.position
    if (this.position?.epoch !== epoch || seq !== this.position.seq + 1) {
      // A gap cannot be closed by guessing: ask for everything.
      this.position = undefined
      return this.socket.reconnect()
    }
    this.position = message.position
    this.views.change(message.set, message.drop)
  }

  private turn(status: LiveStatus, endCode: number | undefined): void {
    this.status = status
    this.endCode = endCode
    if (status === 'connecting') this.spoke = false
    if (this.spoke && (endCode === CLOSE_CODES.bad_message || endCode === CLOSE_CODES.too_large)) {
      this.outbox.abandon()
      this.count()
    }
  }

  private again(id: string): void {
    const pending = this.outbox.find(id)
    if (pending) this.transmit(pending)
  }

  private transmit({ id, command, expects }: Pending): void {
    if (this.socket.send({ type: 'command', id, command, expects })) this.spoke = true
  }

  private count(): void {
    this.unsent = this.outbox.size
    this.durable = this.outbox.durable
  }
}
