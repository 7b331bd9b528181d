/** A stored document to the clerk's own disk. The address needs the bearer, so a plain link cannot fetch it. */
import type { Document } from '../../../protocol/generated'
import { bytes } from '../../../session/api'
import type { CaseFile } from '../case/case_file.svelte'

/** The file as it was uploaded; `progress` takes the share that has arrived. */
export function fetchDocument(file: CaseFile, document: Document, progress?: (share: number) => void): Promise<Uint8Array> {
  return file.office.watch(bytes(`${file.path}/documents/${document.digest}`, { bearer: file.office.bearer }, progress))
}

export async function download(file: CaseFile, document: Document): Promise<void> {
  save(await fetchDocument(file, document), document.file_name)
}

export function save(content: Uint8Array, fileName: string): void {
  const url = URL.createObjectURL(new Blob([content as BlobPart]))
  const link = window.document.createElement('a')
  link.href = url
  link.download = fileName
  link.click()
  // The browser reads the blob after this turn.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
