/**
 * The hall's tablet (投票终端): one member after another signs in by seat card, votes, and is forgotten. Nothing of one
 * person may be here when the next one comes; and nothing may be forgotten while a vote waits for its answer.
 */
import type { TakeOver } from '../../../protocol/generated'
import { ApiError, post } from '../../../session/api'
import { enterByCard } from '../../../session/enter'
import { bearerOf, lastAppraisal, signOut } from '../../../session/session'
import { forget, forgetBeginning, keep, recall } from '../../../session/storage'
import { t } from '../../../words/booth'
import { plainProblem } from '../../../words/problems'

export type Phase =
  | { type: 'waiting' }
  | { type: 'entering' }
  | { type: 'elsewhere'; name: string; code: string }
  | { type: 'failed'; why: string }
  /** `left_over`: the tablet was restarted while somebody voted. */
  | { type: 'seated'; appraisal: string; name: string; arrival: 'card' | 'left_over' }
  | { type: 'forgetting' }
  /** A member's phone page is signed in on this browser; its vote must not be wiped. */
  | { type: 'occupied' }

/** Set while somebody sits here: what this browser holds is then the tablet's to forget. */
const SEATED = 'pingyi.booth'
/** All that a person's page keeps. */
const PERSONAL = ['pingyi.device.', 'pingyi.seed.', 'pingyi.voter.', 'pingyi.outbox.', 'pingyi.draft.', 'pingyi.reader.']

/** A scanner types the card's whole address; people type the code below it. */
export function codeIn(scanned: string): string {
  const fragment = /[#&]c=([^&\s]+)/.exec(scanned)
  return (fragment?.[1] ?? scanned).trim()
}

/** In which appraisal somebody is signed in on this browser. */
function someonesAppraisal(): string | undefined {
  const appraisal = lastAppraisal('person')
  return appraisal !== undefined && bearerOf(appraisal, 'person') !== undefined ? appraisal : undefined
}

export class Booth {
  phase = $state.raw<Phase>({ type: 'waiting' })

  /** To be called once, when the page opens. */
  begin(): void {
    const appraisal = someonesAppraisal()
    const name = recall(SEATED)
    if (appraisal === undefined) return
    this.phase = name === undefined ? { type: 'occupied' } : { type: 'seated', appraisal, name, arrival: 'left_over' }
  }

  async scan(scanned: string, takeOver: TakeOver = 'ask'): Promise<void> {
    const code = codeIn(scanned)
    if (!code || (this.phase.type !== 'waiting' && this.phase.type !== 'elsewhere')) return
    if (someonesAppraisal() !== undefined) {
      this.phase = { type: 'occupied' }
      return
    }
    this.phase = { type: 'entering' }
    // Before the key is made: a tablet that is restarted now must know that it is one.
    keep(SEATED, '')
    try {
      const { appraisal, name } = await enterByCard(code, takeOver)
      keep(SEATED, name)
      if (appraisal !== undefined) this.phase = { type: 'seated', appraisal, name, arrival: 'card' }
    } catch (error) {
      const problem = error instanceof ApiError ? error.problem : undefined
      this.#wipe()
      if (problem?.code === 'on_another_device') this.phase = { type: 'elsewhere', name: problem.name, code }
      else this.phase = { type: 'failed', why: problem ? plainProblem(problem) : t().booth.offline }
    }
  }

  move(): void {
    if (this.phase.type === 'elsewhere') void this.scan(this.phase.code, 'move')
  }

  back(): void {
    if (this.phase.type === 'elsewhere' || this.phase.type === 'failed') this.phase = { type: 'waiting' }
  }

  /** `clear` forgets what the room itself holds; everything else of this person goes with it. */
  async leave(clear: () => Promise<void>): Promise<void> {
    if (this.phase.type !== 'seated') return
    const { appraisal } = this.phase
    const bearer = bearerOf(appraisal, 'person')
    this.phase = { type: 'forgetting' }
    await clear()
    signOut(appraisal, 'person')
    this.#wipe()
    this.phase = { type: 'waiting' }
    // The bearer is forgotten here whether or not the server hears of it.
    await post('/api/sign-out', {}, { bearer }).catch(() => {})
  }

  #wipe(): void {
    forget(SEATED)
    forgetBeginning(...PERSONAL)
  }
}
