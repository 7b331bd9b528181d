/** The strip above the panel: for a ballot its life, for everything else the course of the sitting. */
import type { BallotView, ItemKind, ItemView } from '../../protocol/generated'

export type StepState = 'done' | 'now' | 'later'

export type BallotStep = 'present' | 'vote' | 'seal' | 'announce'
export type BallotNote = 'ready' | 'toOpen' | 'voting' | 'paused' | 'collecting' | 'toAnnounce' | 'done'

export interface StepOf<Name> {
  name: Name
  state: StepState
  note?: BallotNote
  /** When it was done. */
  at?: number
}

const BALLOT_STEPS: readonly BallotStep[] = ['present', 'vote', 'seal', 'announce']

export function ballotSteps(ballot: BallotView): StepOf<BallotStep>[] {
  const [place, note]: [number, BallotNote] = {
    prepared: [0, 'ready'],
    presented: [1, 'toOpen'],
    open: [1, 'voting'],
    paused: [1, 'paused'],
    closing: [2, 'collecting'],
    sealed: [3, 'toAnnounce'],
    announced: [4, 'done'],
  }[ballot.state] as [number, BallotNote]
  const times = [ballot.presented_at, ballot.closed_at, ballot.closed_at, ballot.announced_at]
  return BALLOT_STEPS.map((name, index) => {
    if (index < place) return { name, state: 'done', at: times[index] || undefined }
    return index === place ? { name, state: 'now', note } : { name, state: 'later' }
  })
}

/** Each kind of item once, in the order of the agenda. A kind is done when all its items are. */
export function courseSteps(items: readonly ItemView[], current: ItemView | undefined): StepOf<ItemKind>[] {
  const kinds = [...new Set(items.map((one) => one.kind))]
  return kinds.map((name) => {
    const all = items.filter((one) => one.kind === name)
    if (current?.kind === name) return { name, state: 'now', at: current.began_at || undefined }
    return { name, state: all.every((one) => one.state === 'done') ? 'done' : 'later' }
  })
}
