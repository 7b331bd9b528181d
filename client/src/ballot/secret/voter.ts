/**
 * One member's part in one round of a secret ballot: takes the token when the round is presented, casts, keeps the receipt.
 * Whatever is lost on the way is asked for again with the same bytes, so that nothing counts twice.
 */
import { newId } from '../../connection/ids'
import { NoDeviceKey } from '../../session/device'
import { b64, unb64 } from './bytes'
import type { Problem } from '../../protocol/generated'
import { type Answer, type CastBody, type Calls, OUTNUMBERED } from './calls'
import {
  castDigest,
  Distrust,
  finalize,
  type Header,
  type Issued,
  parseHeader,
  receiptHolds,
  signCast,
  type VoterKeys,
  voterKeys,
} from './crypto'
import { changeProgress, forgetProgress, type Pending, type Progress, readProgress } from './progress'
import { randomUpTo } from './random'
import type { Round } from './round'
import { type Seeds, seeds } from './seed'
import { type Turn, Turns, type TurnsWorld } from './turns'

/** What the page shows. */
export type VoterState =
  | { type: 'idle' }
  | { type: 'preparing' }
  | { type: 'ready' }
  | { type: 'sending' }
  | { type: 'recorded' }
  /** `recorded`: an earlier vote of this round stands. Codes are the server's, those of `Distrust`, or `no_device_key`. */
  | { type: 'refused'; during: 'token' | 'cast'; code: string; problem?: Problem; recorded: boolean }
  /** A token was issued in this member's name and this phone holds none: an alarm. */
  | { type: 'lost_token' }
  /** The own check came out well and the seed is deleted. */
  | { type: 'checked' }

export interface VoterWorld extends TurnsWorld {
  seeds: Seeds
  /** Shared by the voters of a page, so that the votes of a sheet do not go out together. */
  turns: Turns
}

const RETRY_FIRST_MS = 500
const RETRY_MAX_MS = 5_000
const SEQ_START_MAX = 2 ** 20
const SEQ_STEP_MAX = 2 ** 10
const TOKEN_TAKEN = 'token_taken'

const waits: TurnsWorld = {
  random: (bytes) => crypto.getRandomValues(bytes as Uint8Array<ArrayBuffer>),
  sleep(ms) {
    let stop = () => {}
    const over = new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms)
      stop = () => {
        clearTimeout(timer)
        resolve()
      }
    })
    return { over, stop }
  },
}

/** Its turns are those of the page. */
const browser: VoterWorld = { ...waits, seeds, turns: new Turns(waits) }

export class SecretVoter {
  #state: VoterState = { type: 'idle' }
  readonly #listeners = new Set<(state: VoterState) => void>()
  readonly #world: VoterWorld
  #progress: Progress | undefined
  #held: { header: Header; keys: VoterKeys } | undefined
  #preparing: Promise<void> | undefined
  #sending: Promise<void> | undefined
  #pace: 'unhurried' | 'at_once' = 'unhurried'
  #stopped = false
  #turn: Turn | undefined
  #awake = () => {}

  constructor(
    readonly round: Round,
    private readonly calls: Calls,
    world: Partial<VoterWorld> = {},
  ) {
    this.#world = { ...browser, ...world }
  }

  get state(): VoterState {
    return this.#state
  }

  /** Calls at once and after each change; gives the way to stop that. */
  subscribe(listener: (state: VoterState) => void): () => void {
    this.#listeners.add(listener)
    listener(this.#state)
    return () => void this.#listeners.delete(listener)
  }

  /** After a reload: where storage says this phone stands. A vote on its way is sent again, in the background. */
  async resume(): Promise<VoterState> {
    const kept = await readProgress(this.#world.seeds.places, this.round)
    if (kept && 'checked' in kept) return this.#show({ type: 'checked' })
    const seed = kept && (await this.#world.seeds.kept(this.round))
    if (!kept || !seed) return this.#state
    try {
      const header = this.#header(kept.header)
      this.#held = { header, keys: voterKeys(seed, header) }
    } catch {
      return this.#state
    }
    this.#progress = kept
    this.#showStanding()
    if (kept.token !== undefined && kept.pending) void this.#send()
    return this.#state
  }

  /** Takes the token; called as soon as the round is presented, by every phone alike. `headerText` is the one announced. */
  prepare(headerText: string): Promise<void> {
    this.#preparing ??= this.#prepare(headerText).finally(() => {
      this.#preparing = undefined
    })
    return this.#preparing
  }

  /** Keeps the choice and sends it. Resolves when the server has answered; the state tells how. */
  async cast(choices: readonly number[]): Promise<void> {
    await this.intend(choices)
    return this.send()
  }

  /**
   * One choice a dimension: 0 is blank, 1 the first option. Replaces what was chosen before in this round. Only keeps it, as
   * safely as the seed: a sheet's choices are all kept before the first of them is sent.
   */
  async intend(choices: readonly number[]): Promise<void> {
    await this.#preparing
    if (!this.#held || this.#progress?.token === undefined) return
    const { options, dimensions } = this.#held.header
    const onBallot = (choice: number) => Number.isInteger(choice) && choice >= 0 && choice <= options.length
    if (choices.length !== dimensions || !choices.every(onBallot)) throw new RangeError('no such option')
    const start = this.#random(SEQ_START_MAX)
    const step = this.#random(SEQ_STEP_MAX)
    await this.#change((kept) => {
      const seq = kept.seq === undefined ? start : kept.seq + step
      return { ...kept, seq, pending: { seq, choices: [...choices] } }
    })
    this.#showSending()
  }

  /** Sends what is kept, also again what was refused for a while, as when the ballot was paused. */
  async send(): Promise<void> {
    if (this.#progress?.pending) await this.#send()
  }

  /** The round is closing: from now on nothing waits. */
  flush(): void {
    this.#pace = 'at_once'
    this.#hurry()
  }

  /** Ends all waiting; what is kept stays for the next page. */
  stop(): void {
    this.#stopped = true
    this.#hurry()
  }

  /** For a voided round: its votes shall leave no trace on the phone. */
  async forget(): Promise<void> {
    this.stop()
    await this.#world.seeds.forget(this.round)
    await forgetProgress(this.#world.seeds.places, this.round)
    this.#progress = undefined
    this.#held = undefined
    this.#show({ type: 'idle' })
  }

  async #prepare(headerText: string): Promise<void> {
    if (!this.#held) await this.resume()
    if (this.#state.type === 'checked') return
    try {
      const header = this.#header(headerText)
      // Another header for the same round would part the voters into groups.
      if (this.#progress && this.#progress.header !== headerText) throw new Distrust('header_changed')
      if (this.#progress?.token !== undefined) return
      this.#show({ type: 'preparing' })
      const seed = await this.#world.seeds.seedFor(this.round)
      const taken = await this.#take(header, seed)
      if (taken !== 'taken_by_other') return
      for (const other of (await this.#world.seeds.others(this.round, seed)).slice(0, 1)) {
        if ((await this.#take(header, other)) !== 'taken_by_other') return this.#world.seeds.adopt(this.round, other)
      }
      this.#show({ type: 'lost_token' })
    } catch (error) {
      if (error instanceof Distrust) this.#refuse('token', error.code)
      else if (error instanceof NoDeviceKey) this.#refuse('token', 'no_device_key')
      else throw error
    }
  }

  async #take(header: Header, seed: Uint8Array): Promise<'done' | 'taken_by_other'> {
    const keys = voterKeys(seed, header)
    const blinded = b64(keys.blinded)
    this.#world.seeds.use(this.round, seed)
    const answer = await this.#askToken(blinded)
    if (answer.type === 'no_answer') return 'done'
    if (answer.type === 'refused') {
      if (answer.code === TOKEN_TAKEN) return 'taken_by_other'
      this.#refuse('token', answer.code, answer.problem)
      return 'done'
    }
    const token = b64(finalize(header, keys, answer.body))
    this.#held = { header, keys }
    await this.#change((kept) => ({ ...kept, header: header.text, token }), header)
    this.#showStanding()
    return 'done'
  }

  /** Asks until there is an answer or the page stops. The id stays the same until then: it is one intention. */
  async #askToken(blinded: string): Promise<Answer<Issued>> {
    const id = newId()
    const signature = await this.calls.sign(id, blinded)
    for (let failures = 0; ; failures += 1) {
      const answer = await this.calls.token({ id, round: this.round.round, blinded, signature })
      if (answer.type !== 'no_answer' || this.#stopped) return answer
      await this.#pause(answer.retry_after_ms ?? this.#backOff(failures))
      if (this.#stopped) return answer
    }
  }

  #send(): Promise<void> {
    this.#showSending()
    this.#sending ??= this.#sendAll().finally(() => {
      this.#sending = undefined
    })
    return this.#sending
  }

  async #sendAll(): Promise<void> {
    let sent: Pending | undefined
    let failures = 0
    let raised: 'raised' | undefined
    for (;;) {
      const fresh = !samePending(sent, this.#progress?.pending)
      if (fresh) failures = 0
      const turn = fresh && this.#pace === 'unhurried' ? this.#world.turns.wait() : undefined
      this.#turn = turn
      await turn?.come
      // Read only now: a choice changed during the pause is sent alone.
      const pending = this.#progress?.pending
      if (this.#stopped || !pending || !this.#held) return turn?.end()
      sent = pending
      const answer = await this.calls.cast(this.#line(pending))
      turn?.end()
      if (answer.type === 'no_answer') {
        if (this.#stopped) return
        await this.#pause(answer.retry_after_ms ?? this.#backOff(failures))
        failures += 1
      } else if (answer.type === 'ok') {
        if (!(await this.#receive(pending, answer.body.receipt))) return
      } else if (answer.code === OUTNUMBERED && !raised) {
        raised = 'raised'
        const step = SEQ_START_MAX + this.#random(SEQ_STEP_MAX)
        await this.#change((kept) => {
          const seq = (kept.seq ?? 0) + step
          return kept.pending ? { ...kept, seq, pending: { ...kept.pending, seq } } : kept
        })
        sent = this.#progress?.pending
      } else if (samePending(this.#progress?.pending, pending)) {
        return this.#refuse('cast', answer.code, answer.problem)
      }
    }
  }

  /** Whether a newer vote waits to be sent. */
  async #receive(pending: Pending, receipt: string): Promise<boolean> {
    const { header, keys } = this.#held!
    const digest = castDigest(header.hash, pending.seq, pending.choices)
    if (!receiptHolds(header, keys.votePk, digest, receipt)) {
      this.#refuse('cast', 'bad_receipt')
      return false
    }
    await this.#change((kept) => {
      const { pending: waiting, ...rest } = kept
      const recorded = { seq: pending.seq, digest: b64(digest), receipt }
      return samePending(waiting, pending) ? { ...rest, recorded } : { ...kept, recorded }
    })
    if (this.#progress?.pending) return true
    this.#showStanding()
    return false
  }

  #line({ seq, choices }: Pending): CastBody {
    const { header, keys } = this.#held!
    const sig = b64(signCast(header, keys, seq, choices))
    return { ...this.round, vote_pk: b64(keys.votePk), token: this.#progress!.token!, seq, choices, sig }
  }

  #header(text: string): Header {
    const header = parseHeader(text)
    const { appraisal, ballot, round } = this.round
    if (header.appraisal !== appraisal || header.ballot !== ballot || header.round !== round) throw new Distrust('bad_header')
    return header
  }

  async #change(change: (kept: Progress) => Progress, header = this.#held!.header): Promise<void> {
    // Another tab may have written since; a phone whose storage keeps nothing goes on with what the page holds.
    const own: Progress = this.#progress ?? { v: 1, header: header.text }
    this.#progress = await changeProgress(this.#world.seeds.places, this.round, (kept) => change(kept?.header === header.text ? kept : own))
  }

  #showStanding(): void {
    const progress = this.#progress
    if (progress?.pending) this.#show({ type: 'sending' })
    else if (this.#hasReceipt()) this.#show({ type: 'recorded' })
    else if (progress?.token !== undefined) this.#show({ type: 'ready' })
    else this.#show({ type: 'idle' })
  }

  #showSending(): void {
    if (this.#state.type !== 'sending') this.#show({ type: 'sending' })
  }

  #hasReceipt(): boolean {
    const recorded = this.#progress?.recorded
    if (!recorded || !this.#held) return false
    const { header, keys } = this.#held
    return receiptHolds(header, keys.votePk, unb64(recorded.digest, 32), recorded.receipt)
  }

  #refuse(during: 'token' | 'cast', code: string, problem?: Problem): void {
    this.#show({ type: 'refused', during, code, problem, recorded: this.#hasReceipt() })
  }

  #show(state: VoterState): VoterState {
    this.#state = state
    for (const listener of this.#listeners) listener(state)
    return state
  }

  #hurry(): void {
    this.#turn?.hurry()
    this.#awake()
  }

  async #pause(ms: number): Promise<void> {
    if (this.#stopped) return
    const { over, stop } = this.#world.sleep(ms)
    this.#awake = stop
    await over
  }

  /** Jittered: a hall of phones must not come back in one instant. */
  #backOff(failures: number): number {
    const most = Math.min(RETRY_MAX_MS, RETRY_FIRST_MS * 2 ** Math.min(failures, 10))
    return Math.ceil(most / 2) + this.#random(Math.ceil(most / 2))
  }

  #random(most: number): number {
    return randomUpTo(this.#world, most)
  }
}

const samePending = (a: Pending | undefined, b: Pending | undefined): boolean => a?.seq === b?.seq && a?.choices.join() === b?.choices.join()
