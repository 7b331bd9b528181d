/** The rules that a clerk is looking at: chosen or imported, checked one by one, adopted. They stay while rooms change. */
import type { Profile, ProfileFault, RuleBook, RuleFile, RuleFileRead } from '../../../protocol/generated'
import { ApiError } from '../../../session/api'
import { failureSentence } from '../../../session/failures'
import type { CaseFile } from '../case/case_file.svelte'
import type { Draft } from '../draft.svelte'
import { PROFILE_FILE_BYTES_MAX } from '../limits'
import { unconfirmed } from './settings'

export interface Adoption {
  profile: Profile
  confirmed: string[]
}

/** What became of the last file: sound, mistaken, or no rules at all. */
export type FileOutcome = { is: 'none' } | { is: 'reading' } | { is: 'read' } | { is: 'faulty'; faults: ProfileFault[] } | { is: 'not_text' } | { is: 'trouble'; sentence: string }

type Wanted = Pick<CaseFile, 'office' | 'order' | 'ask'>

export class RuleDesk {
  book = $state.raw<Profile[]>([])
  fileName = $state('')
  outcome = $state.raw<FileOutcome>({ is: 'none' })
  #file: Wanted
  readonly draft: Draft<Adoption>
  /** A slow answer about an earlier file must not cover a later one. */
  #turn = 0

  constructor(file: Wanted, draft: Draft<Adoption>) {
    this.#file = file
    this.draft = draft
  }

  get profile(): Profile {
    return this.draft.value.profile
  }

  get confirmed(): string[] {
    return this.draft.value.confirmed
  }

  /** Assumed settings that are not ticked. */
  get left(): string[] {
    return unconfirmed(this.profile, this.confirmed)
  }

  async load(): Promise<void> {
    if (this.book.length > 0) return
    const book = await this.#file.ask(this.#file.office.get<RuleBook>('/api/rules'))
    if (book) this.book = book.profiles
  }

  /** Looks at these rules; nothing is ticked any more. */
  choose(profile: Profile): void {
    this.draft.put({ profile, confirmed: [] })
  }

  tick(path: string, checked: boolean): void {
    const others = this.confirmed.filter((one) => one !== path)
    this.draft.set('confirmed', checked ? [...others, path] : others)
  }

  async take(file: File): Promise<void> {
    this.#turn += 1
    const turn = this.#turn
    this.fileName = file.name
    if (file.size > PROFILE_FILE_BYTES_MAX) {
      this.outcome = { is: 'faulty', faults: [{ path: '', reason: { code: 'file_too_large', bytes_max: PROFILE_FILE_BYTES_MAX } }] }
      return
    }
    this.outcome = { is: 'reading' }
    const outcome = await this.#read(file)
    if (turn !== this.#turn) return
    if (outcome.profile) this.choose(outcome.profile)
    this.outcome = outcome.of
  }

  putAway(): void {
    this.#turn += 1
    this.outcome = { is: 'none' }
  }

  /** True once the case has these rules. */
  async adopt(): Promise<boolean> {
    const { profile, confirmed } = this.draft.value
    const accepted = await this.#file.order({ type: 'profile.adopt/1', body: { profile, confirmed } })
    if (accepted) this.draft.saved()
    return accepted !== undefined
  }

  write(): Promise<RuleFile | undefined> {
    return this.#file.ask(this.#file.office.post<RuleFile>('/api/rules/file', { profile: this.profile }))
  }

  async #read(file: File): Promise<{ profile?: Profile; of: FileOutcome }> {
    try {
      const read = await this.#file.office.upload<RuleFileRead>('/api/rules/read', file)
      if (read.read === 'faulty') return { of: { is: 'faulty', faults: read.faults } }
      return read.read === 'profile' ? { profile: read.profile, of: { is: 'read' } } : { of: { is: 'not_text' } }
    } catch (error) {
      // A file that grew between choosing and sending.
      if (error instanceof ApiError && error.problem?.code === 'too_large') {
        return { of: { is: 'faulty', faults: [{ path: '', reason: { code: 'file_too_large', bytes_max: error.problem.bytes_max } }] } }
      }
      return { of: { is: 'trouble', sentence: failureSentence(error) } }
    }
  }
}
