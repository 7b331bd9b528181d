/**
 * What a page that nobody signs in to knows of an appraisal: the public snapshot, asked for again and again. Browsers and
 * proxies may keep it for some seconds, so that one proxy carries however many watch.
 */
import type { FinalEnd } from '../connection/endings'
import type { LiveStatus } from '../connection/live'
import { type Entries, Views } from '../connection/views.svelte'
import type { SharedFamilies, SharedViews } from '../protocol/keys'
import { ApiError, get } from './api'

/** As long as an answer may be kept: asking sooner would show the same. */
const ASK_EVERY_MS = 5_000
/** Pages that were opened at the same moment, by a link on a screen, come apart again. */
const ASK_LATER_MS_MAX = 1_000

export class PublicView {
  status = $state<LiveStatus>('connecting')
  /** Set while `status` is 'ended'. */
  end = $state<FinalEnd>()
  /** True once a first snapshot has come; until then absent keys mean nothing. */
  ready = $state(false)
  readonly #views = new Views<SharedViews, SharedFamilies>()
  readonly #path: string
  #timer: ReturnType<typeof setTimeout> | undefined
  #abort = new AbortController()

  constructor(appraisal: string) {
    this.#path = `/api/public/${encodeURIComponent(appraisal)}`
  }

  start(): void {
    this.stop()
    this.#abort = new AbortController()
    void this.#ask(this.#abort.signal)
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#abort.abort()
  }

  view<Key extends keyof SharedViews & string>(key: Key): SharedViews[Key] | undefined {
    return this.#views.get(key)
  }

  /** All values of a family, in order of their numbers. */
  numbered<Name extends keyof SharedFamilies & string>(family: Name): SharedFamilies[Name][] {
    return this.#views.numbered(family)
  }

  async #ask(signal: AbortSignal): Promise<void> {
    try {
      const set = await get<Entries>(this.#path, { signal, cache: 'default' })
      if (signal.aborted) return
      this.#views.replace(set)
      this.ready = true
      this.status = 'live'
    } catch (error) {
      if (signal.aborted) return
      if (error instanceof ApiError && error.status === 404) {
        this.end = 'no_such_appraisal'
        this.status = 'ended'
        return
      }
      this.status = 'waiting'
    }
    this.#timer = setTimeout(() => void this.#ask(signal), ASK_EVERY_MS + Math.random() * ASK_LATER_MS_MAX)
  }
}
