/** Editing a questionnaire's questions: what a new one is, moving, and turning one form of answer into another. */
import type { AnswerForm, QuestionnaireView, SetQuestionnaire, SurveyQuestion } from '../../../protocol/generated'

export type Sheet = Pick<QuestionnaireView, 'group' | 'title' | 'intro' | 'subjects' | 'access' | 'questions'>
export type FormName = AnswerForm['form']

export const FORMS: readonly FormName[] = ['one', 'several', 'scale', 'text']

export function sheetOf(view: QuestionnaireView): Sheet {
  const { group, title, intro, subjects, access, questions } = view
  return { ...(group === undefined ? {} : { group }), title, intro, subjects, access, questions }
}

/** What is sent for a sheet. Lines that were left empty are no choices. */
export function order(sheet: Sheet, questionnaire: QuestionnaireView | undefined): SetQuestionnaire {
  return {
    ...(questionnaire ? { questionnaire: questionnaire.id } : {}),
    ...sheet,
    questions: sheet.questions.map((question) => ({ ...question, answer: cleaned(question.answer) })),
  }
}

function cleaned(answer: AnswerForm): AnswerForm {
  if (answer.form !== 'one' && answer.form !== 'several') return answer
  const choices = answer.choices.map((choice) => choice.trim()).filter((choice) => choice !== '')
  return answer.form === 'one' ? { form: 'one', choices } : { form: 'several', choices, at_most: Math.min(answer.at_most, Math.max(1, choices.length)) }
}

/** A question of that form, keeping the choices of another where it has some. */
export function answerOf(form: FormName, words: { choices: readonly string[]; low: string; high: string }, before?: AnswerForm): AnswerForm {
  const choices = before && 'choices' in before ? before.choices : [...words.choices]
  switch (form) {
    case 'one':
      return { form, choices }
    case 'several':
      return { form, choices, at_most: choices.length }
    case 'scale':
      return { form, from: 1, to: 5, from_label: words.low, to_label: words.high }
    case 'text':
      return { form }
  }
}

export function moved(questions: readonly SurveyQuestion[], at: number, by: -1 | 1): SurveyQuestion[] {
  const next = [...questions]
  const [one, other] = [next[at], next[at + by]]
  if (one && other) [next[at], next[at + by]] = [other, one]
  return next
}

/** The rows of a bar chart: each choice or value with its words. */
export function rowsOf(answer: AnswerForm, counts: readonly number[]): { label: string; count: number }[] {
  if (answer.form === 'text') return []
  const labels =
    answer.form === 'scale'
      ? Array.from({ length: answer.to - answer.from + 1 }, (_, step) => {
          const value = answer.from + step
          const end = value === answer.from ? answer.from_label : value === answer.to ? answer.to_label : ''
          return end ? `${value} ${end}` : `${value}`
        })
      : answer.choices
  return labels.map((label, place) => ({ label, count: counts[place] ?? 0 }))
}

/** One decimal, half up, in whole numbers as the server counts. */
export function percent(part: number, whole: number): string {
  if (whole === 0) return ''
  const tenths = Math.floor((part * 2000 + whole) / (whole * 2))
  return `${Math.floor(tenths / 10)}.${tenths % 10}%`
}

/** Mean of a scale in hundredths, for screens that show it as 4.25. */
export function mean(answer: AnswerForm, counts: readonly number[]): string {
  if (answer.form !== 'scale') return ''
  const given = counts.reduce((sum, count) => sum + count, 0)
  if (given === 0) return ''
  const sum = counts.reduce((all, count, place) => all + count * (answer.from + place), 0)
  const hundredths = Math.floor((sum * 200 + given) / (given * 2))
  return `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')}`
}
