/** What the console sees of the sitting, read from the shared views. It decides nothing and sends nothing. */
import { foremost, groupsOn, sheetOf, subjectsOn, together } from '../../ballot/sheet'
import { ballotHere, subjectsHere } from '../../ballot/sittings'
import type { Live } from '../../connection/store.svelte'
import type {
  BallotId,
  BallotView,
  ConsoleSeat,
  ItemId,
  ItemView,
  LotView,
  PersonId,
  PersonView,
  QuestionId,
  QuestionView,
  SubjectId,
  SubjectView,
} from '../../protocol/generated'
import { t } from '../../words/chair'

/** The part of the connection that the console uses. */
export type HallSource = Pick<Live, 'view' | 'numbered' | 'send' | 'nowMs' | 'status' | 'ready' | 'clockOffsetMs' | 'end'>

export class Hall {
  people = $derived.by<PersonView[]>(() => this.live.numbered('person'))
  members = $derived.by(() => this.people.filter((one) => one.kind === 'member'))
  missing = $derived.by(() => this.members.filter((one) => one.attendance !== 'present'))
  items = $derived.by<ItemView[]>(() => this.live.view('agenda')?.items ?? [])

  constructor(
    readonly live: HallSource,
    /** The seat that this browser sits on. */
    readonly seat: ConsoleSeat,
  ) {}

  get case() {
    return this.live.view('case')
  }
  get settings() {
    return this.live.view('settings')
  }
  get sitting() {
    return this.live.view('sitting')
  }
  get attendance() {
    return this.live.view('attendance')
  }
  get screen() {
    return this.live.view('screen')
  }
  get console() {
    return this.live.view('console')
  }
  get joined() {
    return this.live.view('joined')
  }
  get scrutiny() {
    return this.live.view('scrutiny')
  }
  get rules() {
    return this.live.view('rules')
  }
  /** The lot that is being drawn, or that the hall is looking at. */
  get lot(): LotView | undefined {
    const lots = this.live.view('lot')?.lots ?? []
    const shown = this.screen?.type === 'lot' ? this.screen.lot : undefined
    return lots.find((one) => one.state !== 'drawn' && one.state !== 'cancelled') ?? lots.find((one) => one.lot === shown)
  }
  /** Of this sitting: the office has those of the earlier ones. */
  get minutes() {
    const lines = this.live.view('minutes')?.lines ?? []
    const convened = lines.map((line) => line.what.type).lastIndexOf('sitting_convened')
    return lines.slice(Math.max(0, convened))
  }

  subject(id: SubjectId | undefined): SubjectView | undefined {
    return id === undefined ? undefined : this.live.view(`subject/${id}`)
  }

  ballot(id: BallotId | undefined): BallotView | undefined {
    return id === undefined ? undefined : this.live.view(`ballot/${id}`)
  }

  person(id: PersonId): PersonView | undefined {
    return this.live.view(`person/${id}`)
  }

  get deliberation() {
    return this.live.view('deliberation')
  }

  question(id: QuestionId | undefined): QuestionView | undefined {
    return id === undefined ? undefined : this.live.view(`question/${id}`)
  }

  item(id: ItemId | undefined): ItemView | undefined {
    return this.items.find((one) => one.id === id)
  }

  get current(): ItemView | undefined {
    return this.item(this.sitting?.current)
  }

  /** The item after the current one that is still waiting, as the server would choose it. */
  get following(): ItemView | undefined {
    const after = this.sitting?.current ?? 0
    return this.items.find((one) => one.id > after && one.state === 'waiting')
  }

  /** The ballot that the console is about: the one being held, else the one the next action names, else the current item's. */
  get ballotNow(): BallotView | undefined {
    const next = this.console?.next
    const named = next && 'ballot' in next ? next.ballot : undefined
    const current = this.current
    const ofItem = current?.kind === 'evaluation' ? this.subject(current.subject ?? current.subjects?.[0])?.ballot : undefined
    return this.ballot(this.sitting?.running_ballot ?? named ?? ofItem)
  }

  /** All ballots on one sheet with this one, in its order; alone where there is none. */
  sheet(ballot: BallotView | undefined): BallotView[] {
    return ballot ? sheetOf(ballot, (id) => this.ballot(id)) : []
  }

  ballotHere(id: SubjectId | undefined): BallotView | undefined {
    return ballotHere(this.ballot(this.subject(id)?.ballot), this.sitting)
  }

  get subjectsHere(): SubjectView[] {
    return subjectsHere(this.live.numbered('subject'), this.items, this.sitting)
  }

  /** The evaluation's ballots in this sitting, of one subject or of a sheet. */
  ballotsOf(item: ItemView): BallotView[] {
    const first = this.ballotHere(item.subject ?? item.subjects?.[0])
    return this.sheet(first)
  }

  /** Where the evaluation stands, by that ballot of it whose step comes first. */
  standingOf(item: ItemView): BallotView | undefined {
    return foremost(this.ballotsOf(item))
  }

  /** What an order to this ballot is about: its unit, or the sheet's. */
  about(id: BallotId | undefined): string {
    const ballot = this.ballot(id)
    return ballot ? this.named(together(ballot, this.sheet(ballot))) : ''
  }

  /** What a sheet is about: how many subjects, and how many groups vote on each. */
  heading(sheet: readonly BallotView[]): string {
    const [subjects, groups] = [subjectsOn(sheet), groupsOn(sheet)]
    const what = subjects === 1 && sheet[0] ? this.unit(sheet[0].subject) : t().sheet.heading(subjects)
    return groups > 1 ? t().sheet.byGroups(what, groups) : what
  }

  /** The units of these ballots in few words. */
  named(ballots: readonly BallotView[]): string {
    const first = this.unit(ballots[0]?.subject)
    const subjects = subjectsOn(ballots)
    return subjects > 1 ? t().sheet.about(first, subjects) : first
  }

  get taken(): QuestionView | undefined {
    return this.queue.find((one) => one.state === 'taken')
  }

  /** Open questions in the order of the chair's queue. */
  get queue(): QuestionView[] {
    return (this.console?.queue ?? []).flatMap((id) => this.question(id) ?? [])
  }

  /** Questions whose turn is over, the latest first. */
  get settled(): QuestionView[] {
    const over = this.live.numbered('question').filter((one) => one.state === 'answered' || one.state === 'deferred' || one.state === 'skipped')
    return over.sort((a, b) => b.settled_at - a.settled_at)
  }

  /** The item's or ballot's unit, 区教育局 for example. */
  unit(id: SubjectId | undefined): string {
    return this.subject(id)?.unit ?? ''
  }
}
