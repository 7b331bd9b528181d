/**
 * This phone's votes. The choice is in memory only until it is sent, then in the outbox until its receipt; nothing here
 * remembers what was chosen, for neighbours look.
 */
import { newId } from '../../connection/ids'
import type { Live } from '../../connection/store.svelte'
import type { BallotView, Command, MeView, MyBallotView, Problem, Verdict } from '../../protocol/generated'
import { NoDeviceKey, signVote } from '../../session/device'
import type { SecretRounds } from './secret.svelte'

type Cast = Extract<Command, { type: 'vote.cast/1' }>['body']
type Round = Pick<Cast, 'ballot' | 'round'>

/** What this phone can do with a ballot now. */
export type Standing =
  | 'before'
  | 'voided'
  | 'attendee'
  | 'not_checked_in'
  | 'too_late'
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

export class Voting {
  /** The round whose recorded vote is being changed. */
  #changing = $state('')
  /** The round whose vote is being signed and is not in the outbox yet. */
  #signing = $state('')
  /** The round for which a receipt came before the view that tells so. */
  #receipted = $state('')
  #failure = $state.raw<{ key: string; what: Failure }>()

  constructor(
    private readonly appraisal: string,
    private readonly live: Pick<Live, 'send' | 'waiting'>,
    private readonly secret: SecretRounds,
  ) {
    secret.onrecorded = (ballot, round) => {
      if (this.#changing === keyOf({ ballot, round })) this.#changing = ''
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
    if (me?.kind === 'attendee') return 'attendee'
    if (!my?.entitled || my.round !== ballot.round) {
      if (ballot.state === 'closing') return 'too_late'
      // Who is present gets a ballot; for a moment the own stream may be behind the shared one.
      return me?.attendance === 'absent' || me?.attendance === 'left' ? 'not_checked_in' : 'soon'
    }
    if (ballot.secrecy === 'secret') return this.#secretStanding(ballot)
    if (ballot.state === 'presented') return 'soon'
    if (this.sending(round)) return 'sending'
    if (ballot.state === 'paused') return 'paused'
    return this.recorded(ballot, my) && this.#changing !== keyOf(round) ? 'recorded' : 'choose'
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
      default:
        return 'taking'
    }
  }

  recorded(ballot: BallotView, my: MyBallotView | undefined): boolean {
    if (ballot.secrecy === 'secret') return this.secret.recorded(ballot)
    return (my?.recorded === true && my.round === ballot.round) || this.#receipted === keyOf(roundOf(ballot))
  }

  sending(round: Round): boolean {
    if (this.#signing === keyOf(round)) return true
    return this.live.waiting.some((command) => command.type === 'vote.cast/1' && keyOf(command.body) === keyOf(round))
  }

  changing(ballot: BallotView): boolean {
    return this.#changing === keyOf(roundOf(ballot))
  }

  change(ballot: BallotView): void {
    this.#changing = keyOf(roundOf(ballot))
  }

  keep(): void {
    this.#changing = ''
  }

  failure(ballot: BallotView): Failure | undefined {
    const state = ballot.secrecy === 'secret' ? this.secret.state(ballot) : undefined
    if (state?.type === 'refused') {
      if (state.code === 'no_device_key') return { type: 'no_key' }
      return state.problem ? { type: 'problem', problem: state.problem } : { type: 'distrust', code: state.code }
    }
    return this.#failure?.key === keyOf(roundOf(ballot)) ? this.#failure.what : undefined
  }

  async submit(ballot: BallotView, choice: number): Promise<void> {
    if (ballot.secrecy === 'secret') return this.secret.cast(ballot, choice)
    const round = roundOf(ballot)
    // A second press while the first is on its way would only make the neighbour wait.
    if (this.sending(round)) return
    this.#signing = keyOf(round)
    this.#failure = undefined
    const id = newId()
    try {
      const signature = await signVote(this.appraisal, id, { ...round, choice })
      const verdict = this.live.send({ type: 'vote.cast/1', body: { ...round, choice, signature } }, undefined, id)
      this.#signing = ''
      this.answered(round, await verdict)
    } catch (error) {
      this.#signing = ''
      this.#failure = { key: keyOf(round), what: error instanceof NoDeviceKey ? { type: 'no_key' } : { type: 'fault', error } }
    }
  }

  /** Takes a receipt, also one for a vote that the page sent before it was reloaded. */
  answered(round: Round, verdict: Verdict): void {
    if (verdict.type === 'refused') {
      this.#failure = { key: keyOf(round), what: { type: 'refused', refusal: verdict.refusal } }
      return
    }
    this.#failure = undefined
    this.#receipted = keyOf(round)
    if (this.#changing === keyOf(round)) this.#changing = ''
  }
}

function roundOf(ballot: BallotView): Round {
  return { ballot: ballot.id, round: ballot.round }
}
