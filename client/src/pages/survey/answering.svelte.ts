/** One person answering a questionnaire: what is given so far, what still lacks, and the sending that counts once. */
import type { Given, Problem, SurveyForm, SurveyQuestion } from '../../protocol/generated'
import { forget, keep, recall } from '../../session/storage'
import { fetchForm, sendAnswer } from './calls'
import type { Place } from './place'

export type Stage = 'loading' | 'unreachable' | 'none' | 'not_open' | 'closed' | 'code' | 'answering' | 'sending' | 'done' | 'done_before'

/** As the server counts them, in characters. */
export const TEXT_CHARS_MAX = 1_000

/** One question's answer as the page holds it. */
export interface Draft {
  choices: number[]
  value?: number
  text: string
}

export class Answering {
  stage = $state<Stage>('loading')
  form = $state.raw<SurveyForm>()
  code = $state('')
  drafts = $state<Draft[]>([])
  /** Why the last sending was not taken; nothing while it was. */
  problem = $state.raw<Problem>()
  /** No answer came; the same answer may be sent again. */
  unsure = $state(false)
  /** Set once sending was tried, so that nobody is scolded while still reading. */
  tried = $state(false)
  /** Drawn for this answer; the same over repeats, so that a lost receipt does not make two of it. */
  #key = ''

  constructor(readonly place: Place) {
    this.code = place.code
  }

  async load(): Promise<void> {
    this.stage = 'loading'
    const told = await fetchForm(this.place.appraisal, this.place.number)
    if (told.type === 'no_answer') this.stage = 'unreachable'
    else if (told.type === 'refused') this.stage = 'none'
    else this.#take(told.body)
  }

  #take(form: SurveyForm): void {
    this.form = form
    this.drafts = form.questions.map(() => ({ choices: [], text: '' }))
    this.code ||= this.#remembered('code')
    if (form.state === 'draft') this.stage = 'not_open'
    else if (form.state === 'closed') this.stage = 'closed'
    else if (form.access === 'open' && this.#remembered('done')) this.stage = 'done_before'
    else this.stage = form.access === 'code' && !this.code ? 'code' : 'answering'
  }

  enterCode(): void {
    if (this.code.trim()) this.stage = 'answering'
  }

  /** The first question that must be answered and is not, counted from 0. */
  missing = $derived.by(() => this.form?.questions.findIndex((question, at) => question.answering === 'required' && given(question, this.drafts[at]).gave === 'nothing') ?? -1)
  /** The first text that is too long. */
  tooLong = $derived.by(() => this.drafts.findIndex((draft) => [...draft.text.trim()].length > TEXT_CHARS_MAX))

  pick(at: number, choice: number): void {
    const [question, draft] = [this.form?.questions[at], this.drafts[at]]
    if (!question || !draft) return
    if (question.answer.form === 'one') draft.choices = [choice]
    else if (draft.choices.includes(choice)) draft.choices = draft.choices.filter((one) => one !== choice)
    else if (!this.full(at)) draft.choices = [...draft.choices, choice]
  }

  /** Whether no further choice may be taken. */
  full(at: number): boolean {
    const answer = this.form?.questions[at]?.answer
    return answer?.form === 'several' && (this.drafts[at]?.choices.length ?? 0) >= answer.at_most
  }

  async send(): Promise<void> {
    this.tried = true
    const { form } = this
    if (!form || this.stage !== 'answering' || this.missing >= 0 || this.tooLong >= 0) return
    this.stage = 'sending'
    this.problem = undefined
    this.unsure = false
    this.#key ||= randomHex(16)
    const told = await sendAnswer({
      appraisal: this.place.appraisal,
      questionnaire: form.questionnaire,
      key: this.#key,
      ...(form.access === 'code' ? { code: this.code } : { device: this.#mark() }),
      given: form.questions.map((question, at) => given(question, this.drafts[at])),
    })
    if (told.type === 'ok') return this.#done()
    this.stage = 'answering'
    if (told.type === 'no_answer') this.unsure = true
    else this.#refused(told.problem)
  }

  #refused(problem: Problem): void {
    this.problem = problem
    if (problem.code !== 'answer_refused') return
    if (problem.reason === 'closed') this.stage = 'closed'
    else if (problem.reason === 'unknown_code') this.stage = 'code'
    // The device has answered before, on another day perhaps.
    else if (problem.reason === 'used' && this.form?.access === 'open') this.stage = 'done_before'
  }

  /** What was answered, and its key, leave this phone: who looks into it later finds only that it has answered. */
  #done(): void {
    this.#key = ''
    this.drafts = []
    if (this.form?.access === 'open') keep(this.#name('done'), '1')
    forget(this.#name('code'))
    this.stage = 'done'
  }

  /** Random, made once for a phone and questionnaire. It is the soft limit: who clears the browser's data has another. */
  #mark(): string {
    const mark = this.#remembered('mark') || randomHex(16)
    keep(this.#name('mark'), mark)
    return mark
  }

  #remembered(what: string): string {
    return recall(this.#name(what)) ?? ''
  }

  #name(what: string): string {
    return `pingyi.survey.${this.place.appraisal}.${this.place.number}.${what}`
  }
}

export function given(question: SurveyQuestion, draft: Draft | undefined): Given {
  const { form } = question.answer
  if (!draft) return { gave: 'nothing' }
  if (form === 'text') return draft.text.trim() ? { gave: 'text', text: draft.text.trim() } : { gave: 'nothing' }
  if (form === 'scale') return draft.value === undefined ? { gave: 'nothing' } : { gave: 'value', value: draft.value }
  return draft.choices.length > 0 ? { gave: 'choices', choices: [...draft.choices].sort((a, b) => a - b) } : { gave: 'nothing' }
}

function randomHex(length_bytes: number): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(length_bytes)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
