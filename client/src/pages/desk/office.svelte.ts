/** Who sits at this desk, and the calls that every room makes in the account's name. */
import { notify } from '../../parts/notices.svelte'
import type { Front, SignedIn, WhoAmI } from '../../protocol/generated'
import { ApiError, get, post, upload } from '../../session/api'
import { enterByLink } from '../../session/enter'
import { failureSentence } from '../../session/failures'
import { BODY, bearerOf, signOut, takeFragment } from '../../session/session'

/** `unopened`: no account exists yet, and this page has no set-up link. */
export type Doorway = 'looking' | 'unreachable' | 'unopened' | 'setup' | 'sign_in' | 'in'

export class Office {
  at = $state<Doorway>('looking')
  /** The account's name. */
  name = $state('')
  /** The bearer ran out while rooms are open: they stay as they are, and the account signs in over them. */
  expired = $state(false)
  /** Why the server could not be asked. */
  trouble = $state('')
  setupSecret = ''
  #linkSecret = ''

  /** Reads the link this page was opened by; to be called once. */
  async enter(): Promise<void> {
    const fields = takeFragment()
    this.setupSecret = fields.get('setup') ?? ''
    this.#linkSecret = fields.get('k') ?? ''
    if (this.setupSecret) this.at = 'setup'
    else await this.look()
  }

  async look(): Promise<void> {
    this.at = 'looking'
    try {
      if (this.#linkSecret) return this.take(await enterByLink(this.#linkSecret))
      if (this.bearer) {
        this.name = (await get<WhoAmI>('/api/whoami', { bearer: this.bearer })).name
        this.at = 'in'
        return
      }
      this.at = (await get<Front>('/api/front')).set_up ? 'sign_in' : 'unopened'
    } catch (error) {
      if (!(error instanceof ApiError) || error.kind !== 'refused') {
        this.trouble = failureSentence(error)
        this.at = 'unreachable'
        return
      }
      // A link or bearer that is out leaves the password.
      if (this.#linkSecret) notify(failureSentence(error), 'bad')
      else signOut(BODY, 'desk')
      this.#linkSecret = ''
      this.at = 'sign_in'
    }
  }

  get bearer(): string | undefined {
    return bearerOf(BODY, 'desk')
  }

  /** The account is let in; its bearer is kept already. */
  take(signed: SignedIn): void {
    this.name = signed.name
    this.setupSecret = ''
    this.#linkSecret = ''
    this.expired = false
    this.at = 'in'
  }

  async leave(): Promise<void> {
    const bearer = this.bearer
    signOut(BODY, 'desk')
    this.expired = false
    this.at = 'sign_in'
    // The bearer is forgotten here whether or not the server hears of it.
    await post('/api/sign-out', {}, { bearer }).catch(() => {})
  }

  get<T>(path: string): Promise<T> {
    return this.watch(get<T>(path, { bearer: this.bearer }))
  }

  post<T>(path: string, body: unknown, timeout_ms?: number): Promise<T> {
    return this.watch(post<T>(path, body, { bearer: this.bearer, timeout_ms }))
  }

  upload<T>(path: string, file: Blob): Promise<T> {
    return this.watch(upload<T>(path, file, { bearer: this.bearer }))
  }

  /** Notices that the account is signed out; the failure still goes to who asked. */
  async watch<T>(answer: Promise<T>): Promise<T> {
    try {
      return await answer
    } catch (error) {
      if (error instanceof ApiError && error.problem?.code === 'sign_in_required') this.expired = true
      throw error
    }
  }
}
