/** What this phone knows of the sitting, as its pages ask for it. */
import { sheetOf } from '../../ballot/sheet'
import { Live } from '../../connection/store.svelte'
import { notify } from '../../parts/notices.svelte'
import type {
  BallotId,
  BallotView,
  Command,
  ItemView,
  MeView,
  MyBallotView,
  QuestionId,
  ScrutinyBallotView,
  ScrutinyView,
  SubjectId,
  SubjectView,
  Verdict,
} from '../../protocol/generated'
import { bytes } from '../../session/api'
import { failureSentence } from '../../session/failures'
import { bearerOf } from '../../session/session'
import { refusalSentence } from '../../words/refusals'
import type { Device } from './apart'
import { Draft } from './draft.svelte'
import { type Duty, dutyOf, watchedSheets } from './scrutiny/watch'
import { SecretRounds } from './secret.svelte'
import { Voting } from './voting.svelte'

type CommandOf<Type extends Command['type']> = Extract<Command, { type: Type }>

export class Room {
  readonly live: Live
  readonly draft: Draft
  readonly secret: SecretRounds
  readonly voting: Voting

  constructor(
    readonly appraisal: string,
    readonly device: Device = 'phone',
  ) {
    this.live = new Live({
      appraisal,
      audience: 'member',
      role: 'person',
      bearer: () => bearerOf(appraisal, 'person'),
      onLateReceipt: (command, verdict) => this.#late(command, verdict),
    })
    this.draft = new Draft(appraisal)
    this.secret = new SecretRounds({
      appraisal,
      device,
      bearer: () => bearerOf(appraisal, 'person'),
      load: () => import('../../ballot/secret'),
      board: async (ballot) => new TextDecoder().decode(await bytes(`/api/public/${appraisal}/boards/${ballot}`)),
      sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    })
    this.voting = new Voting(appraisal, this.live, this.secret)
  }

  /** Whether the reader is the officer of a subject. */
  get officer(): boolean {
    return this.live.mine.numbered('my_subject').length > 0
  }

  get me(): MeView | undefined {
    return this.live.mine.get('me')
  }

  get items(): ItemView[] {
    return this.live.view('agenda')?.items ?? []
  }

  get current(): ItemView | undefined {
    const current = this.live.view('sitting')?.current
    return this.items.find((item) => item.id === current)
  }

  subject(id: SubjectId | undefined): SubjectView | undefined {
    return id === undefined ? undefined : this.live.view(`subject/${id}`)
  }

  /**
   * A ballot as this person has it. Where groups of voters have a ballot each on one subject, that of the own group stands
   * for all of them; who votes in none is shown every one.
   */
  ballot(id: BallotId | undefined): BallotView | undefined {
    const ballot = id === undefined ? undefined : this.live.view(`ballot/${id}`)
    const sheet = ballot?.sheet ?? []
    const own = sheet.filter((one) => this.myBallot(one))
    if (!ballot || own.length === 0 || own.length === sheet.length) return ballot
    const mine = own.includes(ballot.id) ? ballot : this.live.view(`ballot/${own[0]!}`)
    return mine && { ...mine, sheet: own.length > 1 ? own : undefined }
  }

  /** All ballots as this person has them. */
  get ballots(): BallotView[] {
    return this.live.numbered('ballot').flatMap(({ id }) => {
      const ballot = this.ballot(id)
      return ballot?.id === id ? [ballot] : []
    })
  }

  /** Members vote; an attendee does where the rule gives the own group a ballot. */
  votesIn(ballot: BallotId): boolean {
    return this.me?.kind === 'member' || this.myBallot(ballot) !== undefined
  }

  /** All ballots on the same sheet, in its order; alone where it has none. */
  sheet(ballot: BallotView): BallotView[] {
    return sheetOf(ballot, (id) => this.ballot(id))
  }

  myBallot(id: BallotId): MyBallotView | undefined {
    return this.live.mine.get(`my_ballot/${id}`)
  }

  /** All sheets of the sitting, each in the place of its first ballot. */
  get sheets(): BallotView[][] {
    const find = (id: BallotId) => this.live.view(`ballot/${id}`)
    return firsts(this.live.numbered('ballot')).map((one) => sheetOf(one, find))
  }

  /** Those of them, and of each the part, that this person votes on. */
  get ownSheets(): BallotView[][] {
    return firsts(this.ballots).map((one) => this.sheet(one))
  }

  /** There only for a scrutineer. */
  get scrutiny(): ScrutinyView | undefined {
    return this.live.mine.get('scrutiny')
  }

  watched(id: BallotId): ScrutinyBallotView | undefined {
    return this.live.mine.get(`scrutiny_ballot/${id}`)
  }

  /** What the hall waits for from this scrutineer, first things first. */
  get duty(): Duty | undefined {
    const { scrutiny, me } = this
    if (!scrutiny || !me) return undefined
    for (const sheet of watchedSheets(this.sheets)) {
      for (const ballot of sheet) {
        const duty = dutyOf(ballot, this.watched(ballot.id), scrutiny.rule, me)
        if (duty) return duty
      }
    }
    return undefined
  }

  /** To be run whenever the views change. */
  followSecret(): void {
    for (const ballot of this.live.numbered('ballot')) this.secret.follow(ballot, this.myBallot(ballot.id), this.me?.person)
  }

  /** The page is looked at again. */
  wake(): void {
    void this.secret.wake(this.live.numbered('ballot'))
  }

  /** What of one kind waits for its receipt. */
  waiting<Type extends Command['type']>(type: Type): CommandOf<Type>[] {
    return this.live.waiting.filter((command): command is CommandOf<Type> => command.type === type)
  }

  /** Which way a support of the question is on its way, if one is. */
  supporting(question: QuestionId): boolean {
    return this.live.waiting.some(
      (command) => (command.type === 'question.support/1' || command.type === 'question.unsupport/1') && command.body.question === question,
    )
  }

  /** Sends a command and tells what went wrong, if something did. True once it was accepted. */
  async order(command: Command): Promise<boolean> {
    try {
      const verdict = await this.live.send(command)
      if (verdict.type === 'accepted') return true
      notify(refusalSentence(verdict.refusal), 'bad')
    } catch (error) {
      notify(failureSentence(error), 'bad')
    }
    return false
  }

  #late(command: Command, verdict: Verdict): void {
    if (command.type === 'vote.cast/1' || command.type === 'vote.cast/2') return this.voting.answered(command.body, verdict)
    if (verdict.type === 'accepted') return
    if (command.type === 'question.ask/1') this.draft.restore(command.body)
    notify(refusalSentence(verdict.refusal), 'bad')
  }
}

/** One ballot for each sheet. */
function firsts(ballots: readonly BallotView[]): BallotView[] {
  return ballots.filter((one) => !one.sheet || one.sheet[0] === one.id)
}
