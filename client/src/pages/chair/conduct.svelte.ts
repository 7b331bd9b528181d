/**
 * Giving orders from the console. A ballot's order carries the picture of the ballot at the moment the chair was asked, not at
 * the moment of the answer; and no order is kept for later: a chair who presses in a dead network must not close a ballot minutes after.
 */
import { notify } from '../../parts/notices.svelte'
import type { BallotId, BallotView, Expects, Refusal, VoidCause } from '../../protocol/generated'
import { failureSentence } from '../../session/failures'
import { refusalSentence } from '../../words/refusals'
import type { Hall } from './hall.svelte'
import { nextOrder, OFFICE, type Order, type OrderName, voidBallot } from './orders'

/** Why no order can be given from here now. */
export type Hindrance = 'offline' | 'not_held'

/** A ballot, or all of the sheet that have begun. */
export type VoidScope = BallotId | 'sheet'

/** The dialog that is open. */
export type Asking =
  | { kind: 'order'; order: Order; expects?: Expects }
  | { kind: 'void'; scope: VoidScope | undefined; seen: readonly Expects[]; cause?: VoidCause }
  | { kind: 'answer' | 'defer'; question: number }
  | { kind: 'lot'; lot: number }
  | { kind: 'outdated'; refusal: Extract<Refusal, { code: 'screen_outdated' }> }
  | { kind: 'count'; ballot: BallotId }
  | { kind: 'hands'; seen: readonly Expects[] }
  | { kind: 'hand' | 'people' | 'settled' | 'help' | 'scrutiny' }

/** A press so soon after the button changed was meant for what stood there before. */
export const SETTLE_MS = 700

export class Conduct {
  asking = $state.raw<Asking>()
  /** The order without an answer yet. */
  inFlight = $state<OrderName>()
  /** The order last carried out, for those who hear the page. */
  done = $state.raw<{ name: OrderName; times: number }>()
  #limits = $state<Record<BallotId, number>>({})
  #nextSince_ms = Number.NEGATIVE_INFINITY
  #times = 0

  constructor(readonly hall: Hall) {}

  get offline(): boolean {
    return this.hall.live.status !== 'live'
  }

  get holds(): boolean {
    return this.hall.console?.held_by === this.hall.seat
  }

  get hindrance(): Hindrance | undefined {
    if (this.offline) return 'offline'
    return this.holds ? undefined : 'not_held'
  }

  /** The time limit that the next opening takes, in seconds. */
  limitOf(ballot: BallotId): number {
    return this.#limits[ballot] ?? this.hall.settings?.ballot_limit_s ?? 0
  }

  setLimit(ballot: BallotId, limit_s: number): void {
    this.#limits[ballot] = limit_s
  }

  get next(): Order | undefined {
    const view = this.hall.console
    return view && nextOrder(view, (ballot) => this.limitOf(ballot))
  }

  /** The next action has just become another one. */
  nextChanged(): void {
    this.#nextSince_ms = performance.now()
  }

  pressNext(): void {
    const view = this.hall.console
    if (!view || view.blocked || this.hindrance || performance.now() - this.#nextSince_ms < SETTLE_MS) return
    if (view.next.type === 'repeat_ballot') this.askVoid(view.next.ballot, view.next.ballot, view.next.cause)
    else if (view.next.type === 'settle_question') this.ask({ kind: 'answer', question: view.next.question })
    else if (this.next) this.press(this.next)
  }

  /** Gives the order, or asks first where it says so. */
  press(order: Order): void {
    if (this.hindrance) return
    const expects = order.ballot === undefined ? undefined : this.#picture(order.ballot)
    if (order.ballot !== undefined && !expects) return
    if (order.asks === 'no') void this.give(order, expects)
    else this.ask({ kind: 'order', order, expects })
  }

  /** Opens a dialog, unless one is open: a dialog never takes the place of a question that waits for its answer. */
  ask(asking: Asking): void {
    this.asking ??= asking
  }

  /** Of a sheet without a scope the dialog asks which of its ballots. */
  askVoid(ballot: BallotId, scope?: VoidScope, cause?: VoidCause): void {
    const begun = this.hall.sheet(this.hall.ballot(ballot)).filter((one) => one.state !== 'prepared')
    const seen = begun.flatMap((one) => this.#picture(one.id) ?? [])
    if (!this.hindrance && seen.length > 0) this.ask({ kind: 'void', scope: scope ?? (seen.length === 1 ? seen[0]!.ballot : undefined), seen, cause })
  }

  chooseVoid(scope: VoidScope): void {
    if (this.asking?.kind === 'void') this.asking = { ...this.asking, scope }
  }

  /** What the open dialog would void, as it was when the dialog opened. */
  get toVoid(): readonly Expects[] {
    if (this.asking?.kind !== 'void') return []
    const { scope, seen } = this.asking
    return scope === 'sheet' ? seen : seen.filter((one) => one.ballot === scope)
  }

  dismiss(): void {
    this.asking = undefined
  }

  /** Whether the ballot that the open dialog is about is no longer what it was when the dialog opened. */
  get overtaken(): boolean {
    const seen = this.asking?.kind === 'order' && this.asking.expects ? [this.asking.expects] : this.toVoid
    return seen.some(({ ballot, round, state }) => {
      const now = this.hall.ballot(ballot)
      return now?.round !== round || now.state !== state
    })
  }

  /** The open dialog was answered with yes. */
  async confirm(): Promise<void> {
    const asked = this.asking
    if (asked?.kind !== 'order' || this.overtaken) return
    this.dismiss()
    await this.give(asked.order, asked.expects)
  }

  /** The causes that hold for all that the open dialog would void. */
  get causes(): readonly VoidCause[] {
    const [first, ...others] = this.toVoid.map(({ ballot }) => this.hall.ballot(ballot)?.again?.causes ?? [])
    return (first ?? []).filter((cause) => others.every((causes) => causes.includes(cause)))
  }

  /** Whether voting has begun in one of them, and the rule allows no round after it. */
  get lastRound(): boolean {
    return this.toVoid.some(({ ballot, state }) => state !== 'presented' && this.hall.ballot(ballot)?.again?.rounds_left === 0)
  }

  /** Of a mistake in procedure the note is what the minutes have. */
  async confirmVoid(cause: VoidCause, note: string): Promise<void> {
    const voided = this.toVoid
    if (voided.length === 0 || this.overtaken || this.lastRound || !this.causes.includes(cause)) return
    if (cause === 'procedure' && !note.trim()) return
    this.dismiss()
    for (const expects of voided) await this.give(voidBallot(expects.ballot, cause, note.trim()), expects)
  }

  /** The same for each ballot of a sheet, one after the other. */
  async giveAll(orders: readonly Order[]): Promise<void> {
    if (this.hindrance) return
    for (const order of orders) await this.give(order)
  }

  /** Asks for the raised hands: the fallback for ballots that have not begun. */
  askHands(ballot: BallotId): void {
    const waiting = this.hall.sheet(this.hall.ballot(ballot)).filter((one) => one.state === 'prepared')
    const seen = waiting.flatMap((one) => this.#picture(one.id) ?? [])
    if (!this.hindrance && seen.length > 0) this.ask({ kind: 'hands', seen })
  }

  /** Sends what was decided; true once it was carried out. What is the office's as well does not need the console. */
  async give(order: Order, expects?: Expects): Promise<boolean> {
    if (this.offline || (!OFFICE.has(order.name) && !this.holds) || this.inFlight) return false
    this.inFlight = order.name
    try {
      const verdict = await this.hall.live.send(order.command, expects)
      if (verdict.type === 'refused') this.#refused(verdict.refusal)
      else this.done = { name: order.name, times: (this.#times += 1) }
      return verdict.type === 'accepted'
    } catch (error) {
      notify(failureSentence(error), 'bad')
      return false
    } finally {
      this.inFlight = undefined
    }
  }

  #refused(refusal: Refusal): void {
    if (refusal.code === 'screen_outdated') this.asking = { kind: 'outdated', refusal }
    else notify(refusalSentence(refusal), 'bad')
  }

  #picture(ballot: BallotId): Expects | undefined {
    const seen: BallotView | undefined = this.hall.ballot(ballot)
    return seen && { ballot, round: seen.round, state: seen.state }
  }
}
