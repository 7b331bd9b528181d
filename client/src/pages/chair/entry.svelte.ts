/** How this browser comes to a seat at the console: by the office's link, or by the seat it had in this tab or last. */
import type { ConsoleSeat, SignedIn, SignInLink } from '../../protocol/generated'
import { ApiError, post } from '../../session/api'
import { failureSentence } from '../../session/failures'
import { bearerOf, lastAppraisal, signIn, takeFragment } from '../../session/session'
import { keep, recall } from '../../session/storage'

export interface Seated {
  seat: ConsoleSeat
  appraisal: string
  bearer: string
}

const LAST_SEAT = 'pingyi.console_seat'
const isSeat = (value: unknown): value is ConsoleSeat => value === 'chair' || value === 'operator'

export class Entry {
  seated = $state.raw<Seated>()
  /** entering: the link is being exchanged; no_link: there is nothing to enter with; failed: `sentence` says why. */
  phase = $state<'entering' | 'no_link' | 'failed' | 'seated'>('entering')
  sentence = $state('')
  #secret: string | undefined

  async begin(): Promise<void> {
    this.#secret = takeFragment().get('k') ?? undefined
    if (this.#secret) return this.exchange()
    const seat = this.#lastSeat()
    const appraisal = seat && lastAppraisal(seat)
    const bearer = appraisal && bearerOf(appraisal, seat)
    if (seat && appraisal && bearer) this.#sit({ seat, appraisal, bearer })
    else this.phase = 'no_link'
  }

  /** Also for trying again after the network failed; a link works more than once. */
  async exchange(): Promise<void> {
    if (!this.#secret) return
    this.phase = 'entering'
    try {
      const body: SignInLink = { secret: this.#secret }
      const { role, appraisal, bearer } = await post<SignedIn>('/api/sign-in/link', body)
      if (!isSeat(role) || !appraisal) {
        this.phase = 'no_link'
        return
      }
      signIn(appraisal, role, bearer)
      this.#sit({ seat: role, appraisal, bearer })
    } catch (error) {
      this.sentence = failureSentence(error)
      this.phase = error instanceof ApiError && error.kind === 'refused' ? 'no_link' : 'failed'
    }
  }

  #sit(seated: Seated): void {
    // Both seats may be open in one browser, so the tab remembers its own and the browser the last.
    keep(LAST_SEAT, seated.seat)
    try {
      sessionStorage.setItem(LAST_SEAT, seated.seat)
    } catch {
      // A reload then brings back the seat that was taken last.
    }
    this.seated = seated
    this.phase = 'seated'
  }

  #lastSeat(): ConsoleSeat | undefined {
    let own: string | null = null
    try {
      own = sessionStorage.getItem(LAST_SEAT)
    } catch {
      // No storage of the tab's own.
    }
    const seat = own ?? recall(LAST_SEAT)
    return isSeat(seat) ? seat : undefined
  }
}
