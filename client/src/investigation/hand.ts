/** What a group's record needs of the page it stands on: the desk's, or the phone of one of the group. */
import type { Command, Document, Uploaded } from '../protocol/generated'

export interface Hand {
  /** Whether it was taken; why not is said by the page. */
  order(command: Command): Promise<boolean>
  /** Stores a file before an order names it. Nothing comes back where that failed; the page has said why. */
  upload(file: File, onProgress: (share: number) => void): Promise<Uploaded | undefined>
  read(document: Document): void
  subject(id: number): string
}

/** Today as YYYY-MM-DD, by the device's calendar. */
export function today(now: Date = new Date()): string {
  const two = (value: number) => String(value).padStart(2, '0')
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`
}

export const SUMMARY_CHARS_MAX = 2_000
export const LABEL_CHARS_MAX = 120
export const NOTE_CHARS_MAX = 300
