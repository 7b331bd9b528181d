/** How far this phone has come in a round, kept beside the seed so that a reload or a crash loses nothing. */
import { b64, unb64 } from './bytes'
import { DIMENSIONS_MAX } from './crypto'
import type { Places } from './places'
import { type Round, roundName } from './round'

export interface Pending {
  seq: number
  choices: number[]
}

/**
 * What was recorded. The choice itself is not kept; the digest is what the receipt was signed over. Who holds seed and digest
 * could still try the few options, which is why the phone's own check deletes both.
 */
export interface Recorded {
  seq: number
  /** b64, SHA-256 of the cast message. */
  digest: string
  /** b64. */
  receipt: string
}

export interface Progress {
  v: 1
  header: string
  /** b64. */
  token?: string
  /** The highest number given to a vote of this round. */
  seq?: number
  /** A vote on its way: kept only until its receipt. */
  pending?: Pending
  recorded?: Recorded
}

/** What stays when the own check came out well: nothing that tells of the vote. */
export interface Checked {
  v: 1
  checked: true
}

type Kept = Progress | Checked

const progressKey = (round: Round) => `pingyi.voter.${roundName(round)}`

export async function readProgress(places: Places, round: Round): Promise<Kept | undefined> {
  return newest(await places.read(progressKey(round)))
}

/** Gives what is kept now. `change` may run more than once and must not depend on that. */
export async function changeProgress(places: Places, round: Round, change: (kept: Progress | undefined) => Progress): Promise<Progress> {
  let made: Progress | undefined
  const apply = (text: string | undefined) => {
    const kept = text === undefined ? undefined : parse(text)
    made = change(kept && 'header' in kept ? kept : undefined)
    return JSON.stringify(made)
  }
  await places.change(progressKey(round), (values) => text(newest(values)), apply)
  return made!
}

export async function markChecked(places: Places, round: Round): Promise<void> {
  const checked: Checked = { v: 1, checked: true }
  await places.change(progressKey(round), () => undefined, () => JSON.stringify(checked))
}

export const forgetProgress = (places: Places, round: Round): Promise<void> => places.remove(progressKey(round))

const text = (kept: Kept | undefined): string | undefined => kept && JSON.stringify(kept)

/** One place may be behind the other, as when the page was killed between the two. */
function newest(values: string[]): Kept | undefined {
  const rank = (kept: Kept): number[] =>
    'checked' in kept ? [1, 0, 0, 0] : [0, kept.seq ?? 0, kept.recorded?.seq ?? 0, kept.token === undefined ? 0 : 1]
  const found = values.map(parse).filter((kept): kept is Kept => kept !== undefined)
  return found.reduce<Kept | undefined>((best, kept) => (best && !above(rank(kept), rank(best)) ? best : kept), undefined)
}

function above(a: number[], b: number[]): boolean {
  const place = a.findIndex((value, at) => value !== b[at])
  return place >= 0 && a[place]! > b[place]!
}

/** Storage is outside input: what does not fit is as good as absent. */
function parse(value: string): Kept | undefined {
  try {
    const told = JSON.parse(value) as Partial<Progress & Checked>
    if (told.v !== 1) return undefined
    if (told.checked === true) return { v: 1, checked: true }
    if (typeof told.header !== 'string') return undefined
    const progress: Progress = { v: 1, header: told.header }
    if (told.token !== undefined) progress.token = b64(unb64(told.token, 64))
    if (told.seq !== undefined && isSeq(told.seq)) progress.seq = told.seq
    const { pending, recorded } = told
    if (pending && isSeq(pending.seq) && Array.isArray(pending.choices) && pending.choices.every((choice) => Number.isInteger(choice))) {
      progress.pending = { seq: pending.seq, choices: pending.choices.slice(0, DIMENSIONS_MAX) }
    }
    if (recorded && isSeq(recorded.seq)) {
      progress.recorded = { seq: recorded.seq, digest: b64(unb64(recorded.digest, 32)), receipt: b64(unb64(recorded.receipt, 64)) }
    }
    return progress
  } catch {
    return undefined
  }
}

const isSeq = (value: unknown): value is number => Number.isInteger(value) && (value as number) >= 1 && (value as number) <= 0xffff_ffff
