/** The papers of one case: which can be made, fetching them, and changing the office's templates. */
import { notify } from '../../../parts/notices.svelte'
import type { OfficePaper, OfficeTemplate, OfficePaperView, OfficePapers, TemplateFault } from '../../../protocol/generated'
import { ApiError, bytes } from '../../../session/api'
import { failureSentence } from '../../../session/failures'
import type { CaseFile } from '../case/case_file.svelte'

export class PaperDesk {
  papers = $state.raw<OfficePaperView[]>()
  #case: Pick<CaseFile, 'office' | 'path' | 'ask'>
  /** A slow answer about an earlier state must not cover a later one. */
  #turn = 0

  constructor(file: Pick<CaseFile, 'office' | 'path' | 'ask'>) {
    this.#case = file
  }

  async load(): Promise<void> {
    this.#turn += 1
    const turn = this.#turn
    const listed = await this.#case.ask(this.#case.office.get<OfficePapers>(`${this.#case.path}/papers`))
    if (listed && turn === this.#turn) this.papers = listed.papers
  }

  ready(paper: OfficePaper): boolean {
    return this.papers?.some((one) => one.paper === paper && one.ready) ?? false
  }

  /** Bytes of a paper, or of the table of results (`results/xlsx`). */
  fetch(what: string): Promise<Uint8Array | undefined> {
    const { office, path } = this.#case
    return this.#case.ask(office.watch(bytes(`${path}/${what}`, { bearer: office.bearer })))
  }

  template(paper: OfficePaper): Promise<OfficeTemplate | undefined> {
    return this.#case.ask(this.#case.office.get<OfficeTemplate>(`/api/papers/${paper}/template`))
  }

  /** Why the template was not kept; an empty list when it was, nothing when it could not be sent. */
  async keep(paper: OfficePaper, text: string): Promise<TemplateFault[] | undefined> {
    try {
      await this.#case.office.upload(`/api/papers/${paper}/template`, new Blob([text], { type: 'text/plain' }))
      await this.load()
      return []
    } catch (error) {
      if (error instanceof ApiError && error.problem?.code === 'bad_template') return error.problem.faults
      notify(failureSentence(error), 'bad')
      return undefined
    }
  }
}
