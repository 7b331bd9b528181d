/** How this screen gets in: the office's link is exchanged once for a bearer, which stays on the machine. */
import { Live } from '../../connection/store.svelte'
import type { SignedIn, SignInLink } from '../../protocol/generated'
import { ApiError, post } from '../../session/api'
import { bearerOf, lastAppraisal, signIn, signOut, takeFragment } from '../../session/session'

export type EntryState =
  | { type: 'entering'; error?: unknown }
  | { type: 'no_link' }
  | { type: 'bad_link' }
  | { type: 'other_link' }
  | { type: 'in'; live: Live }

/** A hall machine may be switched on before the server is, with nobody there to press a button. */
const RETRY_MS = 3_000

export class Entry {
  state = $state.raw<EntryState>({ type: 'entering' })
  #retry: ReturnType<typeof setTimeout> | undefined

  start(): void {
    const secret = takeFragment().get('k')
    if (secret) return void this.#exchange({ secret })
    const appraisal = lastAppraisal('projector')
    if (appraisal && bearerOf(appraisal, 'projector')) this.#open(appraisal)
    else this.state = { type: 'no_link' }
  }

  stop(): void {
    clearTimeout(this.#retry)
    if (this.state.type === 'in') this.state.live.stop()
  }

  /** Forgets a bearer that the server no longer takes, so that the next start asks for a link instead of failing again. */
  forget(): void {
    const appraisal = lastAppraisal('projector')
    if (appraisal) signOut(appraisal, 'projector')
  }

  async #exchange(link: SignInLink): Promise<void> {
    try {
      const { appraisal, bearer, role } = await post<SignedIn>('/api/sign-in/link', link)
      if (role !== 'projector' || !appraisal) {
        this.state = { type: 'other_link' }
        return
      }
      signIn(appraisal, 'projector', bearer)
      this.#open(appraisal)
    } catch (error) {
      if (error instanceof ApiError && error.kind === 'refused' && error.status !== 429) {
        this.state = { type: 'bad_link' }
        return
      }
      this.state = { type: 'entering', error }
      this.#retry = setTimeout(() => void this.#exchange(link), RETRY_MS)
    }
  }

  #open(appraisal: string): void {
    const live = new Live({ appraisal, audience: 'projector', bearer: () => bearerOf(appraisal, 'projector') })
    live.start()
    this.state = { type: 'in', live }
  }
}
