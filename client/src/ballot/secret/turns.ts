/**
 * The order in which one phone's votes go out. Those of a sheet are given with one tap; sent at once and in the order of
 * the sheet, their times of arrival would tell that they are one member's, and which is whose. So they go one by one, in
 * random order, each after a random pause.
 */
import { randomUpTo, type Randomness } from './random'

/** Longest pause before a vote; also hides which tap in the hall it belongs to. */
export const PAUSE_MAX_MS = 3_000
/** Longest that the pauses of one sheet take together, however many votes it has. */
export const SHEET_PAUSES_MAX_MS = 12_000

export interface TurnsWorld extends Randomness {
  /** Resolves after the time; `stop` ends the wait early. */
  sleep(ms: number): { over: Promise<void>; stop(): void }
}

export interface Turn {
  /** Resolves when this vote may go. */
  come: Promise<void>
  /** It waits no longer: the round is closing, or the page is going away. */
  hurry(): void
  /** The vote was answered or lost; the next may go. */
  end(): void
}

interface Waiting {
  go(): void
  ended: Promise<void>
}

export class Turns {
  readonly #waiting = new Set<Waiting>()
  #calling: 'yes' | 'no' = 'no'
  #wake = () => {}

  constructor(private readonly world: TurnsWorld) {}

  wait(): Turn {
    let go = () => {}
    let end = () => {}
    const come = new Promise<void>((resolve) => {
      go = resolve
    })
    const ended = new Promise<void>((resolve) => {
      end = resolve
    })
    const waiting: Waiting = { go, ended }
    this.#waiting.add(waiting)
    if (this.#calling === 'no') void this.#call()
    const hurry = () => {
      this.#waiting.delete(waiting)
      if (this.#waiting.size === 0) this.#wake()
      go()
    }
    return {
      come,
      hurry,
      end: () => {
        hurry()
        end()
      },
    }
  }

  async #call(): Promise<void> {
    this.#calling = 'yes'
    // A sheet's votes come in one task; the first must not be taken for the only one.
    await undefined
    let most = 0
    // The pauses' bound is shared by all that ever waited in this stretch, not by those that are left.
    while (this.#waiting.size > 0) {
      most = Math.max(most, this.#waiting.size)
      await this.#pause(randomUpTo(this.world, Math.min(PAUSE_MAX_MS, Math.floor(SHEET_PAUSES_MAX_MS / most)) + 1) - 1)
      // Chosen only now, among all that have come meanwhile.
      const drawn = [...this.#waiting][this.#waiting.size > 1 ? randomUpTo(this.world, this.#waiting.size) - 1 : 0]
      if (!drawn) continue
      this.#waiting.delete(drawn)
      drawn.go()
      await drawn.ended
    }
    this.#calling = 'no'
  }

  async #pause(ms: number): Promise<void> {
    const { over, stop } = this.world.sleep(ms)
    this.#wake = stop
    await over
  }
}
