/** One case on the desk: its live views, its orders, and what is kept while the clerk walks from room to room. */
import { Live } from '../../../connection/store.svelte'
import { notify } from '../../../parts/notices.svelte'
import type { BallotState, Command, Reply, Verdict } from '../../../protocol/generated'
import { failureSentence } from '../../../session/failures'
import { told } from '../../../session/slow'
import { t } from '../../../words/desk'
import { refusalSentence } from '../../../words/refusals'
import { Draft } from '../draft.svelte'
import type { Office } from '../office.svelte'

const RUNNING: readonly BallotState[] = ['presented', 'open', 'paused', 'closing']

export class CaseFile {
  readonly live: Live
  #kept = new Map<string, unknown>()
  #drafts: Draft<object>[] = []

  constructor(
    readonly office: Office,
    readonly id: string,
  ) {
    this.live = new Live({
      appraisal: id,
      audience: 'desk',
      bearer: () => office.bearer,
      onLateReceipt: (_command, verdict) => void this.#judge(verdict),
    })
  }

  people = $derived.by(() => this.live.numbered('person'))
  subjects = $derived.by(() => this.live.numbered('subject'))
  questions = $derived.by(() => this.live.numbered('question'))
  ballots = $derived.by(() => this.live.numbered('ballot'))

  /** A secret ballot is being held: papers are on phones. */
  secretRunning = $derived.by(() => this.ballots.some((one) => one.secrecy === 'secret' && RUNNING.includes(one.state)))
  /** Whose paper of the running round is on a phone that is no longer theirs. */
  leftBehind = $derived.by(() => new Set(this.ballots.flatMap((one) => one.left_behind ?? [])))

  /** Before the sitting opens the roster and the agenda may still be replaced. */
  get preparing(): boolean {
    return this.live.view('sitting')?.state !== 'open' && this.live.view('sitting')?.state !== 'closed'
  }

  get path(): string {
    return `/api/appraisals/${this.id}`
  }

  /** Sends an order and says so if it was not taken. Nothing comes back for a refusal. */
  async order(command: Command): Promise<Reply | undefined> {
    try {
      return this.#judge(await told(this.live.send(command)))
    } catch (error) {
      notify(failureSentence(error), 'bad')
      return undefined
    }
  }

  /** For calls by HTTP whose failure is a notice and nothing more. */
  async ask<T>(answer: Promise<T>): Promise<T | undefined> {
    try {
      return await answer
    } catch (error) {
      notify(failureSentence(error), 'bad')
      return undefined
    }
  }

  subjectName(id: number | undefined): string {
    if (id === undefined) return t().desk.wholeSitting
    const subject = this.live.view(`subject/${id}`)
    return subject ? t().desk.subject(subject.unit, subject.post, subject.officer) : `#${id}`
  }

  /** Made once for this case and found again by whoever comes back to the room. */
  kept<T>(key: string, make: () => T): T {
    if (!this.#kept.has(key)) this.#kept.set(key, make())
    return this.#kept.get(key) as T
  }

  draft<T extends object>(key: string, source: () => T): Draft<T> {
    return this.kept(`draft ${key}`, () => {
      const draft = new Draft(source)
      this.#drafts.push(draft as unknown as Draft<object>)
      return draft
    })
  }

  /** Whether closing the page would lose something typed. */
  get unsaved(): boolean {
    return this.#drafts.some((draft) => draft.dirty)
  }

  #judge(verdict: Verdict): Reply | undefined {
    if (verdict.type === 'accepted') return verdict.reply
    notify(refusalSentence(verdict.refusal), 'bad')
    return undefined
  }
}
