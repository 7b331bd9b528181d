/**
 * This phone's part in the secret rounds of the sitting: follows the views, and leaves token, vote and check to the secret
 * ballot's own part, which is fetched when the first secret round comes. Every phone does the same at the same moments,
 * whether its member has touched it or not.
 */
import type { OwnCheck, Round, SecretVoter, VoterState } from '../../ballot/secret'
import { apartOf, type Device } from './apart'
import type { BallotState, BallotView, MyBallotView, PersonId } from '../../protocol/generated'

export type SecretPart = Pick<typeof import('../../ballot/secret'), 'SecretVoter' | 'callsOf' | 'checkOwn' | 'storageWorks'>

export interface SecretWorld {
  appraisal: string
  /** The member's own phone where it is not given. */
  device?: Device
  bearer(): string | undefined
  load(): Promise<SecretPart>
  /** The whole released board of a ballot, as everybody fetches it. */
  board(ballot: number): Promise<string>
  sleep(ms: number): Promise<void>
}

/** How the phone's own check of the released board stands. */
export type Checking = OwnCheck | 'checking' | 'unreachable'

/** One row of a sheet. */
export interface Chosen {
  ballot: BallotView
  /** For each item the option's place, from 0. */
  choices: readonly number[]
}

/** `never`: the member votes elsewhere; what is on this device already stays in use. */
type Taking = 'at_once' | 'with_the_vote' | 'never'

interface Slot {
  voter: SecretVoter
  taking: Taking
  state: BallotState | undefined
  checking: 'no' | 'yes'
}

/** Phones that could not fetch the board do not come back in one instant. */
const BOARD_RETRY_MS = 4_000

export class SecretRounds {
  #states = $state.raw<Readonly<Record<string, VoterState>>>({})
  #checks = $state.raw<Readonly<Record<string, Checking>>>({})
  #keeps = $state(true)
  readonly #slots = new Map<string, Slot>()
  readonly #followed = new Map<string, string>()
  readonly #forgotten = new Set<string>()
  #part: Promise<SecretPart> | undefined
  #stopped = false
  /** A vote of this round has just been recorded. */
  onrecorded: (ballot: number, round: number) => void = () => {}

  constructor(private readonly world: SecretWorld) {}

  get device(): Device {
    return this.world.device ?? 'phone'
  }

  /** A token of the round is on this device. */
  holds(ballot: BallotView): boolean {
    const state = this.state(ballot)
    return state?.type === 'ready' || state?.type === 'sending' || state?.type === 'recorded' || (state?.type === 'refused' && state.during === 'cast')
  }

  state(ballot: BallotView): VoterState | undefined {
    return this.#states[nameOf(ballot)]
  }

  check(ballot: BallotView): Checking | undefined {
    return this.#checks[nameOf(ballot)]
  }

  /** False where token and vote would be gone with the page. */
  get keeps(): boolean {
    return this.#keeps
  }

  recorded(ballot: BallotView): boolean {
    const state = this.state(ballot)
    return state?.type === 'recorded' || (state?.type === 'refused' && state.recorded)
  }

  /** To be run whenever a view changes; does something only where it is due. */
  follow(ballot: BallotView, my: MyBallotView | undefined, person: PersonId | undefined): void {
    if (ballot.secrecy !== 'secret') return
    for (const { round } of ballot.voided) void this.#forget(ballot.id, round)
    const mine = my?.entitled === true && my.round === ballot.round
    if (!ballot.secret || !mine || person === undefined) return
    const apart = apartOf(ballot, my, this.device)
    if (apart === 'paper' || apart === 'too_old') return
    const moment = `${ballot.state} ${my.way} ${ballot.secret.header_hash} ${ballot.secret.board ?? ''}`
    if (this.#followed.get(nameOf(ballot)) === moment) return
    this.#followed.set(nameOf(ballot), moment)
    const taking = apart ? 'never' : this.device === 'booth' ? 'with_the_vote' : 'at_once'
    void this.#act(ballot, person, taking).catch(() => this.#followed.delete(nameOf(ballot)))
  }

  /** The page is looked at again: what slept meanwhile goes on. */
  async wake(ballots: readonly BallotView[]): Promise<void> {
    for (const ballot of ballots) {
      const slot = this.#slots.get(nameOf(ballot))
      if (!slot) continue
      await slot.voter.resume()
      await this.#take(slot, ballot)
    }
  }

  /** Asks once more for a token that was refused. */
  async again(ballot: BallotView): Promise<void> {
    const slot = this.#slots.get(nameOf(ballot))
    if (slot) await this.#take(slot, ballot)
  }

  /** For each item the option's place, from 0. */
  async cast(ballot: BallotView, choices: readonly number[]): Promise<void> {
    await this.#claim([ballot])
    await this.#slots.get(nameOf(ballot))?.voter.cast(onLine(choices))
  }

  /**
   * Several ballots of one sheet. All choices are kept on the phone before the first is sent, so that one that is locked or
   * reloaded on the way sends the rest.
   */
  async castSheet(chosen: readonly Chosen[]): Promise<void> {
    await this.#claim(chosen.map(({ ballot }) => ballot))
    const casting = chosen.flatMap(({ ballot, choices }) => {
      const voter = this.#slots.get(nameOf(ballot))?.voter
      return voter ? [{ voter, choices }] : []
    })
    await Promise.all(casting.map(({ voter, choices }) => voter.intend(onLine(choices))))
    await Promise.all(casting.map(({ voter }) => voter.send()))
  }

  /** This device takes no more part. */
  stop(): void {
    this.#stopped = true
    for (const { voter } of this.#slots.values()) voter.stop()
  }

  /** The next person shall find nothing here. Not before every vote that was sent has its answer: its seed would be lost. */
  async forgetAll(): Promise<void> {
    this.stop()
    const voters = [...this.#slots.values()].map(({ voter }) => voter)
    this.#slots.clear()
    await Promise.all(voters.map((voter) => voter.forget()))
  }

  /** Takes the tokens that this device takes only with the vote. */
  async #claim(ballots: readonly BallotView[]): Promise<void> {
    if (this.device !== 'booth') return
    const part = await this.#load()
    await Promise.all(ballots.map((ballot) => ballot.secret && this.#slot(part, ballot).voter.prepare(ballot.secret.header)))
  }

  async #act(ballot: BallotView, person: PersonId, taking: Taking): Promise<void> {
    const part = await this.#load()
    if (this.#stopped) return
    const slot = this.#slot(part, ballot)
    slot.taking = taking
    const before = slot.state
    slot.state = ballot.state
    if (before === undefined) await slot.voter.resume()
    switch (ballot.state) {
      case 'presented':
      case 'paused':
        return this.#take(slot, ballot)
      case 'open':
        await this.#take(slot, ballot)
        return before === 'paused' ? slot.voter.send() : undefined
      case 'closing':
        slot.voter.flush()
        await this.#take(slot, ballot)
        return slot.voter.send()
      case 'announced':
        // Without a seed of its own another device has what there is to look for.
        return taking === 'at_once' || this.holds(ballot) ? this.#check(part, slot, ballot, person) : undefined
      case 'prepared':
      case 'sealed':
    }
  }

  /** Takes the token unless it is held already. */
  async #take(slot: Slot, ballot: BallotView): Promise<void> {
    const issues = ballot.state === 'presented' || ballot.state === 'open' || ballot.state === 'paused' || ballot.state === 'closing'
    if (slot.taking === 'at_once' && issues && ballot.secret) await slot.voter.prepare(ballot.secret.header)
  }

  #slot(part: SecretPart, ballot: BallotView): Slot {
    const name = nameOf(ballot)
    const known = this.#slots.get(name)
    if (known) return known
    const round = this.#round(ballot.id, ballot.round)
    const voter = new part.SecretVoter(round, part.callsOf(round, this.world.bearer() ?? ''))
    const slot: Slot = { voter, taking: 'at_once', state: undefined, checking: 'no' }
    this.#slots.set(name, slot)
    voter.subscribe((state) => {
      const before = this.#states[name]
      this.#states = { ...this.#states, [name]: state }
      if (before?.type === 'sending' && state.type === 'recorded') this.onrecorded(ballot.id, ballot.round)
    })
    return slot
  }

  /** Once the board is released: fetches all of it and looks for the own line. */
  async #check(part: SecretPart, slot: Slot, { id, round, secret }: BallotView, person: PersonId): Promise<void> {
    if (!secret?.board || secret.digest === undefined || slot.checking === 'yes') return
    slot.checking = 'yes'
    const announced = { header_hash: secret.header_hash, digest: secret.digest }
    const tell = (check: Checking) => (this.#checks = { ...this.#checks, [`${id}/${round}`]: check })
    tell('checking')
    while (!this.#stopped) {
      let board: string | undefined
      try {
        board = await this.world.board(id)
      } catch {
        tell('unreachable')
        await this.world.sleep(BOARD_RETRY_MS + Math.random() * BOARD_RETRY_MS)
        continue
      }
      tell(await part.checkOwn(this.#round(id, round), person, board, announced))
      return
    }
  }

  async #forget(ballot: number, round: number): Promise<void> {
    const name = `${ballot}/${round}`
    if (this.#forgotten.has(name)) return
    this.#forgotten.add(name)
    try {
      const part = await this.#load()
      const of = this.#round(ballot, round)
      const voter = this.#slots.get(name)?.voter ?? new part.SecretVoter(of, part.callsOf(of, ''))
      await voter.forget()
      this.#slots.delete(name)
    } catch {
      this.#forgotten.delete(name)
    }
  }

  async #load(): Promise<SecretPart> {
    this.#part ??= this.world.load()
    try {
      const part = await this.#part
      void part.storageWorks().then((keeping) => (this.#keeps = keeping !== 'none'))
      return part
    } catch (error) {
      this.#part = undefined
      throw error
    }
  }

  #round(ballot: number, round: number): Round {
    return { appraisal: this.world.appraisal, ballot, round }
  }
}

const nameOf = ({ id, round }: BallotView): string => `${id}/${round}`

/** On a secret line 0 is blank and the first option 1. */
const onLine = (choices: readonly number[]): number[] => choices.map((one) => one + 1)
