/** What the hall screen shows now, read from the views. It decides nothing: the chair's console does. */
import { foremost, sheetOf } from '../../ballot/sheet'
import { ballotHere, subjectsHere } from '../../ballot/sittings'
import type { Live } from '../../connection/store.svelte'
import type { BallotView, ItemView, LotView, Matter, QuestionView, SubjectId, SubjectView } from '../../protocol/generated'
import { t } from '../../words/projector'

export type Scene =
  | { type: 'welcome' | 'check_in' | 'title' }
  | { type: 'item'; item: ItemView }
  | { type: 'question'; question: QuestionView }
  | { type: 'ballot'; ballot: BallotView }
  | { type: 'lot'; lot: LotView }

export interface Place {
  number: number
  of: number
}

export class Hall {
  constructor(readonly live: Live) {}

  get names() {
    return this.live.view('case')
  }
  get attendance() {
    return this.live.view('attendance')
  }
  get joined() {
    return this.live.view('joined')
  }
  get door() {
    return this.live.view('door')
  }
  get items(): ItemView[] {
    return this.live.view('agenda')?.items ?? []
  }
  get subjects(): SubjectView[] {
    return this.live.numbered('subject')
  }

  /** A screen whose matter is not, or no longer, to be seen falls back to the names. */
  get scene(): Scene {
    const screen = this.live.view('screen')
    switch (screen?.type) {
      case 'welcome':
      case 'check_in':
      case 'title':
        return { type: screen.type }
      case 'item': {
        const item = this.items.find((one) => one.id === screen.item)
        return item ? { type: 'item', item } : { type: 'title' }
      }
      case 'question': {
        const question = this.live.view(`question/${screen.question}`)
        return question ? { type: 'question', question } : { type: 'title' }
      }
      case 'ballot': {
        const ballot = this.live.view(`ballot/${screen.ballot}`)
        return ballot ? { type: 'ballot', ballot } : { type: 'title' }
      }
      case 'lot': {
        const lot = this.live.view('lot')?.lots.find((one) => one.lot === screen.lot)
        return lot ? { type: 'lot', lot } : { type: 'title' }
      }
      default:
        return { type: 'title' }
    }
  }

  subject(id: SubjectId | undefined): SubjectView | undefined {
    return id === undefined ? undefined : this.live.view(`subject/${id}`)
  }

  ballotOf(subject: SubjectView): BallotView | undefined {
    return subject.ballot === undefined ? undefined : this.live.view(`ballot/${subject.ballot}`)
  }

  ballotHere(subject: SubjectView): BallotView | undefined {
    return ballotHere(this.ballotOf(subject), this.live.view('sitting'))
  }

  /** How the subject comes before the sitting: by a report on duty, or with what is voted on. */
  formOf(subject: SubjectView, matter: Matter | undefined = this.ballotHere(subject)?.matter): string {
    return matter === undefined || matter === 'appraisal' ? t().domain.reportForm[subject.report] : t().domain.matter[matter]
  }

  get subjectsHere(): SubjectView[] {
    return subjectsHere(this.subjects, this.items, this.live.view('sitting'))
  }

  /** All ballots on one sheet with this one, in its order; alone where there is none. */
  sheet(ballot: BallotView): BallotView[] {
    return sheetOf(ballot, (id) => this.live.view(`ballot/${id}`))
  }

  /** The ballot of the sheet whose step comes first. */
  standing(ballot: BallotView): BallotView {
    return foremost(this.sheet(ballot)) ?? ballot
  }

  get currentItem(): ItemView | undefined {
    const current = this.live.view('sitting')?.current
    return this.items.find((one) => one.id === current)
  }

  /** The item on the screen, else the current one: the screen may look ahead. */
  get item(): ItemView | undefined {
    const scene = this.scene
    return scene.type === 'item' ? scene.item : this.currentItem
  }

  get place(): Place | undefined {
    const at = this.items.findIndex((one) => one.id === this.item?.id)
    return at < 0 ? undefined : { number: at + 1, of: this.items.length }
  }

  get nextItem(): ItemView | undefined {
    const at = this.items.findIndex((one) => one.id === this.item?.id)
    return at < 0 ? undefined : this.items[at + 1]
  }

  /** Whom the screen is about, for the strip. */
  get subjectOnScreen(): SubjectId | undefined {
    const scene = this.scene
    if (scene.type === 'ballot') return scene.ballot.subject
    if (scene.type === 'question') return scene.question.subject
    return scene.type === 'item' ? scene.item.subject : undefined
  }
}

/** 区教育局局长　张某 */
export function subjectName({ unit, post, officer }: SubjectView): string {
  return officer ? `${unit}${post}　${officer}` : `${unit}${post}`
}
