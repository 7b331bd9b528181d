/** A roster file on its way in: read and judged first, imported only when nothing is wrong with it. */
import type { RosterFileError, RosterImported, RosterPreview } from '../../../protocol/generated'
import { ApiError } from '../../../session/api'
import { failureSentence } from '../../../session/failures'
import type { CaseFile } from '../case/case_file.svelte'

export type ImportStage = 'empty' | 'reading' | 'judged' | 'importing'

export class RosterImport {
  stage = $state<ImportStage>('empty')
  fileName = $state('')
  preview = $state.raw<RosterPreview>()
  /** Why the file as a whole cannot be used. */
  fileError = $state.raw<RosterFileError>()
  /** Any other failure, as a sentence. */
  trouble = $state('')
  #file: File | undefined
  #case: Pick<CaseFile, 'office' | 'path'>
  /** A slow answer about an earlier file must not cover a later one. */
  #turn = 0

  constructor(file: Pick<CaseFile, 'office' | 'path'>) {
    this.#case = file
  }

  get clean(): boolean {
    return this.stage === 'judged' && this.preview !== undefined && this.preview.sheet.faults.length === 0
  }

  async take(file: File): Promise<void> {
    this.#turn += 1
    const turn = this.#turn
    this.clear()
    this.#file = file
    this.fileName = file.name
    this.stage = 'reading'
    try {
      const preview = await this.#case.office.upload<RosterPreview>(this.#at('preview'), file)
      if (turn !== this.#turn) return
      this.preview = preview
      this.stage = 'judged'
    } catch (error) {
      if (turn === this.#turn) this.#fail(error, 'empty')
    }
  }

  /** What was imported; nothing if it failed, and then `preview` or `trouble` says why. */
  async import(): Promise<RosterImported | undefined> {
    if (!this.clean || !this.#file) return undefined
    this.stage = 'importing'
    try {
      const imported = await this.#case.office.upload<RosterImported>(this.#at('import'), this.#file)
      this.clear()
      return imported
    } catch (error) {
      this.#fail(error, 'judged')
      return undefined
    }
  }

  clear(): void {
    this.stage = 'empty'
    this.fileName = ''
    this.preview = undefined
    this.fileError = undefined
    this.trouble = ''
    this.#file = undefined
  }

  #at(step: 'preview' | 'import'): string {
    return `${this.#case.path}/roster/${step}?${new URLSearchParams({ file_name: this.fileName }).toString()}`
  }

  #fail(error: unknown, stage: ImportStage): void {
    this.stage = stage
    if (error instanceof ApiError && error.problem?.code === 'bad_roster_file') this.fileError = error.problem.error
    else this.trouble = failureSentence(error)
  }
}
