/** A question being written. It is kept with every keystroke: phones lock, pages reload, ballots open meanwhile. */
import type { Command, SubjectId, Visibility } from '../../protocol/generated'
import { forget, keep, recall } from '../../session/storage'

export type Asked = Extract<Command, { type: 'question.ask/1' }>['body']

/** As in the server's limits; more may be typed, but not sent. */
export const QUESTION_CHARS_MAX = 500
export const VISIBILITIES: readonly Visibility[] = ['named', 'chair_only', 'without_name']

export class Draft {
  text = $state('')
  subject = $state<SubjectId>()
  visibility = $state<Visibility>('named')
  #key: string

  constructor(appraisal: string) {
    this.#key = `pingyi.draft.${appraisal}`
    this.#read()
  }

  /** In characters, as the server counts, and without the outer white space that it drops. */
  get length(): number {
    return [...this.text.trim()].length
  }

  get empty(): boolean {
    return this.length === 0
  }

  get fits(): boolean {
    return this.length > 0 && this.length <= QUESTION_CHARS_MAX
  }

  save(): void {
    const kept = JSON.stringify({ text: this.text, subject: this.subject, visibility: this.visibility })
    if (this.text === '') forget(this.#key)
    else keep(this.#key, kept)
  }

  /** What is to be sent; the draft is empty afterwards. */
  take(): Asked {
    const body: Asked = { text: this.text.trim(), visibility: this.visibility }
    if (this.subject !== undefined) body.subject = this.subject
    this.text = ''
    this.visibility = 'named'
    this.save()
    return body
  }

  /** Gives back what was refused, unless something new is being written. */
  restore(asked: Asked): void {
    if (!this.empty) return
    this.text = asked.text
    this.subject = asked.subject
    this.visibility = asked.visibility
    this.save()
  }

  #read(): void {
    try {
      const kept = JSON.parse(recall(this.#key) ?? '{}') as Partial<Asked>
      if (typeof kept.text === 'string') this.text = kept.text
      if (typeof kept.subject === 'number') this.subject = kept.subject
      this.visibility = VISIBILITIES.find((one) => one === kept.visibility) ?? 'named'
    } catch {
      // What cannot be read is not a draft.
    }
  }
}
