/**
 * This phone's votes. The choice is in memory only until it is sent, then in the outbox until its receipt; nothing here
 * remembers what was chosen, for neighbours look.
 */
import { choicesOf, several } from '../../ballot/items'
import { newId } from '../../connection/ids'
import type { Live } from '../../connection/store.svelte'
import type { BallotView, Command, MeView, MyBallotView, Problem, Verdict } from '../../protocol/generated'
import { NoDeviceKey, signVote, signVotes } from '../../session/device'
import { type Apart, apartOf } from './apart'
import type { Chosen, SecretRounds } from './secret.svelte'

type Cast = Extract<Command, { type: 'vote.cast/1' }>['body']
type Round = Pick<Cast, 'ballot' | 'round'>

/** What this phone can do with a ballot now. */
export type Standing =
  | 'before'
  | 'voided'
  | 'attendee'
  | 'not_checked_in'
  | 'too_late'
  | Apart
  | 'soon'
  /** Secret: the token is on its way, was refused, or is somewhere else. */
  | 'taking'
  | 'no_token'
  | 'lost_token'
  | 'choose'
  | 'sending'
  | 'recorded'
  | 'paused'
  | 'sealed'
  | 'announced'

export type Failure =
  | { type: 'refused'; refusal: Extract<Verdict, { type: 'refused' }>['refusal'] }
  | { type: 'no_key' }
  | { type: 'fault'; error: unknown }
  /** Of a secret vote. */
  | { type: 'problem'; problem: Problem }
  /** What the phone itself will not trust, by its code. */
  | { type: 'distrust'; code: string }

const keyOf = ({ ballot, round }: Round) => `${ballot}/${round}`

interface Course {
  /** Its recorded vote is being changed. */
  changing?: boolean
  /** Its vote is being signed and is not in the outbox yet. */
  signing?: boolean
  /** A receipt came before the view that tells so. */
  receipted?: boolean
  failure?: Failure
}

export class Voting {
  /** What is going on in each round; a sheet has several at a time. */
  #courses = $state.raw<Readonly<Record<string, Course>>>({})

  constructor(
    private readonly appraisal: string,
    private readonly live: Pick<Live, 'send' | 'waiting'>,
    private readonly secret: SecretRounds,
  ) {
    secret.onrecorded = (ballot, round) => {
      this.#turn({ ballot, round }, { changing: false })
    }
  }

  standing(ballot: BallotView, my: MyBallotView | undefined, me: Pick<MeView, 'kind' | 'attendance'> | undefined): Standing {
    const round = roundOf(ballot)
    switch (ballot.state) {
      case 'prepared':
        return ballot.voided.length > 0 ? 'voided' : 'before'
      case 'announced':
        return 'announced'
      case 'sealed':
        return 'sealed'
      case 'presented':
      case 'open':
      case 'paused':
      case 'closing':
    }
    if (me?.kind === 'attendee' && !my) return 'attendee'
    const apart = my?.round === ballot.round ? this.apart(ballot, my) : undefined
    if (apart) return apart
    if (!my?.entitled || my.round !== ballot.round) {
      if (ballot.state === 'closing') return 'too_late'
      // Who is present gets a ballot; for a moment the own stream may be behind the shared one.
      return me?.attendance === 'absent' || me?.attendance === 'left' ? 'not_checked_in' : 'soon'
    }
    if (ballot.secrecy === 'secret') return this.#secretStanding(ballot)
    if (ballot.state === 'presented') return 'soon'
    if (this.sending(round)) return 'sending'
    if (ballot.state === 'paused') return 'paused'
    return this.recorded(ballot, my) && !this.changing(ballot) ? 'recorded' : 'choose'
  }

  #secretStanding(ballot: BallotView): Standing {
    const state = this.secret.state(ballot)
    if (state?.type === 'lost_token') return 'lost_token'
    if (state?.type === 'refused' && state.during === 'token') return 'no_token'
    if (ballot.state === 'presented') return 'soon'
    if (ballot.state === 'paused') return 'paused'
    switch (state?.type) {
      case 'sending':
        return 'sending'
      case 'ready':
      case 'recorded':
      case 'refused':
        return this.secret.recorded(ballot) && !this.changing(ballot) ? 'recorded' : 'choose'
      case undefined:
      case 'idle':
        // The hall's tablet takes the token only with the vote: nobody may walk away from one.
        return this.secret.device === 'booth' ? 'choose' : 'taking'
      default:
        return 'taking'
    }
  }

  /** Why this device takes no vote in the round, if so. */
  apart(ballot: BallotView, my: MyBallotView | undefined): Apart | undefined {
    const apart = apartOf(ballot, my, this.secret.device)
    // Whose token is on this phone already votes here: it is given once.
    return apart === 'booth' && this.secret.holds(ballot) ? undefined : apart
  }

  recorded(ballot: BallotView, my: MyBallotView | undefined): boolean {
    if (ballot.secrecy === 'secret') return this.secret.recorded(ballot)
    return (my?.recorded === true && my.round === ballot.round) || this.#course(roundOf(ballot)).receipted === true
  }

  sending(round: Round): boolean {
    if (this.#course(round).signing) return true
    return this.live.waiting.some((command) => (command.type === 'vote.cast/1' || command.type === 'vote.cast/2') && keyOf(command.body) === keyOf(round))
  }

  changing(ballot: BallotView): boolean {
    return this.#course(roundOf(ballot)).changing === true
  }

  change(ballot: BallotView): void {
    if (ballot.final_press) return
    this.#turn(roundOf(ballot), { changing: true })
  }

  keep(ballot: BallotView): void {
    this.#turn(roundOf(ballot), { changing: false })
  }

  failure(ballot: BallotView): Failure | undefined {
    const state = ballot.secrecy === 'secret' ? this.secret.state(ballot) : undefined
    if (state?.type === 'refused') {
      if (state.code === 'no_device_key') return { type: 'no_key' }
      return state.problem ? { type: 'problem', problem: state.problem } : { type: 'distrust', code: state.code }
    }
    return this.#course(roundOf(ballot)).failure
  }

  /** A choice for each item, by the option's place from 0; nothing is sent before all are marked. */
  async submit(ballot: BallotView, choices: readonly number[]): Promise<void> {
    if (!choicesOf(ballot, choices)) return
    if (ballot.secrecy === 'secret') return this.secret.cast(ballot, choices)
    const round = roundOf(ballot)
    // A second press while the first is on its way would only make the neighbour wait.
    if (this.sending(round)) return
    this.#turn(round, { signing: true, failure: undefined })
    const id = newId()
    try {
      const verdict = this.live.send(await this.#signed(ballot, id, choices), undefined, id)
      this.#turn(round, { signing: false })
      this.answered(round, await verdict)
    } catch (error) {
      this.#turn(round, { signing: false, failure: error instanceof NoDeviceKey ? { type: 'no_key' } : { type: 'fault', error } })
    }
  }

  async #signed(ballot: BallotView, id: string, choices: readonly number[]): Promise<Command> {
    const round = roundOf(ballot)
    if (several(ballot)) {
      const signature = await signVotes(this.appraisal, id, { ...round, choices })
      return { type: 'vote.cast/2', body: { ...round, choices: [...choices], signature } }
    }
    const choice = choices[0]!
    return { type: 'vote.cast/1', body: { ...round, choice, signature: await signVote(this.appraisal, id, { ...round, choice }) } }
  }

  /** Rows of one sheet, each a vote of its own. */
  async submitSheet(chosen: readonly Chosen[]): Promise<void> {
    await this.secret.castSheet(chosen.filter(({ ballot }) => ballot.secrecy === 'secret'))
    await Promise.all(chosen.filter(({ ballot }) => ballot.secrecy === 'named').map(({ ballot, choices }) => this.submit(ballot, choices)))
  }

  /** Takes a receipt, also one for a vote that the page sent before it was reloaded. */
  answered(round: Round, verdict: Verdict): void {
    if (verdict.type === 'refused') this.#turn(round, { failure: { type: 'refused', refusal: verdict.refusal } })
    else this.#turn(round, { failure: undefined, receipted: true, changing: false })
  }

  #course(round: Round): Course {
    return this.#courses[keyOf(round)] ?? {}
  }

  #turn(round: Round, change: Course): void {
    this.#courses = { ...this.#courses, [keyOf(round)]: { ...this.#course(round), ...change } }
  }
}

function roundOf(ballot: BallotView): Round {
  return { ballot: ballot.id, round: ballot.round }
}
