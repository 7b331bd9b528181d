/** The sheet as it lies before the member: its rows, what is chosen in each, and what is still to be done. */
import { choicesOf, marked, type Marks, noMarks } from '../../../ballot/items'
import type { BallotView, MyBallotView, SubjectView } from '../../../protocol/generated'
import type { Apart } from '../apart'
import type { Room } from '../room.svelte'
import type { Chosen } from '../secret.svelte'
import type { Standing } from '../voting.svelte'

export interface Row {
  ballot: BallotView
  subject: SubjectView | undefined
  my: MyBallotView | undefined
  standing: Standing
  recorded: boolean
  /** A recorded vote is being changed. */
  changing: boolean
  /** Item by item the option's place, until it is sent. */
  marks: Marks
  /** The vote, once every item is marked. */
  choices: readonly number[] | undefined
  /** No vote of this device is wanted here: the member takes no part, or votes elsewhere. */
  apart: Apart | undefined
}

const nameOf = ({ id, round }: BallotView) => `${id}/${round}`

export class Paper {
  /** In memory only, and a new round starts with nothing chosen: what is sent is kept elsewhere, what is not is nobody's business. */
  #marks = $state.raw<Readonly<Record<string, Marks>>>({})

  constructor(
    private readonly room: Pick<Room, 'sheet' | 'subject' | 'myBallot' | 'voting' | 'me'>,
    private readonly ballot: () => BallotView,
  ) {}

  rows: Row[] = $derived.by(() => this.room.sheet(this.ballot()).map((ballot) => this.#row(ballot)))
  /** Rows without a vote and not marked in every item. */
  missing = $derived.by(() => this.own.filter((row) => row.standing === 'choose' && !row.changing && row.choices === undefined))
  ready = $derived.by(() => this.own.flatMap(({ ballot, standing, choices }): Chosen[] => (standing === 'choose' && choices ? [{ ballot, choices }] : [])))
  sending = $derived.by(() => this.rows.filter((row) => row.standing === 'sending').length)
  /** Rows on which this phone votes. */
  own = $derived.by(() => this.rows.filter((row) => row.apart === undefined))
  recorded = $derived.by(() => this.own.filter((row) => row.recorded).length)

  /** Rows that stand so. */
  those(standing: Standing): Row[] {
    return this.own.filter((row) => row.standing === standing)
  }

  choose(ballot: BallotView, item: number, option: number): void {
    this.#marks = { ...this.#marks, [nameOf(ballot)]: marked(this.#marksOf(ballot), item, option) }
  }

  keep(ballot: BallotView): void {
    this.#forget([ballot])
    this.room.voting.keep(ballot)
  }

  /** Sends what is chosen; rows that are missing can follow. */
  submit(): Promise<void> {
    const chosen = this.ready
    this.#forget(chosen.map(({ ballot }) => ballot))
    return this.room.voting.submitSheet(chosen)
  }

  #row(ballot: BallotView): Row {
    const { voting, me } = this.room
    const my = this.room.myBallot(ballot.id)
    const marks = this.#marksOf(ballot)
    return {
      ballot,
      subject: this.room.subject(ballot.subject),
      my,
      standing: voting.standing(ballot, my, me),
      recorded: voting.recorded(ballot, my),
      changing: voting.changing(ballot),
      marks,
      choices: choicesOf(ballot, marks),
      apart: voting.apart(ballot, my),
    }
  }

  #marksOf(ballot: BallotView): Marks {
    return this.#marks[nameOf(ballot)] ?? noMarks(ballot)
  }

  #forget(ballots: readonly BallotView[]): void {
    const gone = ballots.map(nameOf)
    this.#marks = Object.fromEntries(Object.entries(this.#marks).filter(([name]) => !gone.includes(name)))
  }
}
