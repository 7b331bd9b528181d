/** A document on its way to the server: shrunk if it is a photograph, sent, and named for an order. */
import type { Document, Uploaded } from '../protocol/generated'
import { sendFile } from '../session/upload'
import { shrink } from './shrink'

/** Sends a file of this case and says under which digest it lies. */
export type Carry = (file: File, onProgress: (share: number) => void) => Promise<Document>

export function carrier(appraisal: string, bearer: () => string | undefined): Carry {
  return async (file, onProgress) => {
    const sent = await shrink(file)
    const query = new URLSearchParams({ file_name: sent.name }).toString()
    const path = `/api/appraisals/${appraisal}/documents?${query}`
    const { digest, kind, file_name, size_bytes } = await sendFile<Uploaded>(path, sent, { bearer: bearer(), onProgress })
    return { digest, kind, file_name, size_bytes }
  }
}
