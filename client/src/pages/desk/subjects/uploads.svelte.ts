/** Duty reports on their way to a subject: sent, then listed by an order. Each file goes its own way, so one bad file stops no other. */
import type { Uploaded, UploadError } from '../../../protocol/generated'
import { ApiError } from '../../../session/api'
import { failureSentence } from '../../../session/failures'
import { type Sending, sendFile } from '../../../session/upload'
import type { CaseFile } from '../case/case_file.svelte'
import { DOCUMENT_BYTES_MAX } from '../limits'

export type UploadStage = 'sending' | 'attaching' | 'failed'

export class Upload {
  stage = $state<UploadStage>('sending')
  /** 0 to 1. */
  share = $state(0)
  /** Why the file cannot be used. */
  error = $state.raw<UploadError>()
  /** Any other failure, as a sentence. */
  trouble = $state('')

  constructor(
    readonly key: number,
    readonly subject: number,
    readonly fileName: string,
  ) {}
}

type Send = (path: string, file: Blob, sending: Sending) => Promise<Uploaded>

export class Uploads {
  all = $state.raw<readonly Upload[]>([])
  #case: Pick<CaseFile, 'office' | 'path' | 'order'>
  #send: Send
  #lastKey = 0

  constructor(file: Pick<CaseFile, 'office' | 'path' | 'order'>, send: Send = sendFile<Uploaded>) {
    this.#case = file
    this.#send = send
  }

  of(subject: number): readonly Upload[] {
    return this.all.filter((one) => one.subject === subject)
  }

  async take(subject: number, file: File): Promise<void> {
    this.#lastKey += 1
    const upload = new Upload(this.#lastKey, subject, file.name)
    this.all = [...this.all, upload]
    // What is surely too large or empty need not cross the hall's Wi-Fi first.
    if (file.size > DOCUMENT_BYTES_MAX) return fail(upload, { code: 'too_large' })
    if (file.size === 0) return fail(upload, { code: 'empty' })
    try {
      const { digest, kind, file_name, size_bytes } = await this.#carry(upload, file)
      upload.stage = 'attaching'
      // A refusal is shown as a notice by the order itself.
      await this.#case.order({ type: 'subject.attach/1', body: { subject, digest, kind, file_name, size_bytes } })
      this.dismiss(upload)
    } catch (error) {
      upload.stage = 'failed'
      if (error instanceof ApiError && error.problem?.code === 'bad_document') upload.error = error.problem.error
      else upload.trouble = failureSentence(error)
    }
  }

  dismiss(upload: Upload): void {
    this.all = this.all.filter((one) => one !== upload)
  }

  #carry(upload: Upload, file: File): Promise<Uploaded> {
    const { office, path } = this.#case
    const onProgress = (share: number) => {
      upload.share = share
    }
    const query = new URLSearchParams({ file_name: file.name }).toString()
    return office.watch(this.#send(`${path}/documents?${query}`, file, { bearer: office.bearer, onProgress }))
  }
}

function fail(upload: Upload, error: UploadError): void {
  upload.stage = 'failed'
  upload.error = error
}
