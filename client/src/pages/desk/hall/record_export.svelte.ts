/** Orders a case file and hands its one-time address to the browser, which saves it as any download. */
import type { Export, Exported, ExportExtent } from '../../../protocol/generated'
import { failureSentence } from '../../../session/failures'
import type { Office } from '../office.svelte'

/** The largest hall's record takes some ten seconds to write; others may be before this one. */
const MADE_WITHIN_MS = 180_000

export class RecordExport {
  busy = $state(false)
  /** Why the last one was not made. */
  trouble = $state('')
  made = $state.raw<Exported>()

  constructor(
    private readonly office: Pick<Office, 'post'>,
    private readonly path: string,
    private readonly save: (exported: Exported) => void = byLink,
  ) {}

  async start(extent: ExportExtent): Promise<void> {
    if (this.busy) return
    this.busy = true
    this.trouble = ''
    this.made = undefined
    try {
      const made = await this.office.post<Exported>(`${this.path}/export`, { extent } satisfies Export, MADE_WITHIN_MS)
      this.save(made)
      this.made = made
    } catch (error) {
      this.trouble = failureSentence(error)
    } finally {
      this.busy = false
    }
  }
}

function byLink(made: Exported): void {
  const link = document.createElement('a')
  link.href = made.url
  link.download = made.file_name
  link.click()
}
