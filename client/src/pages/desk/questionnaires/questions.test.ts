import { expect, test } from 'vitest'
import type { QuestionnaireView, SurveyQuestion } from '../../../protocol/generated'
import { answerOf, mean, moved, order, percent, rowsOf, sheetOf } from './questions'

const words = { choices: ['满意', '不满意'], low: '差', high: '好' }
const ask = (text: string): SurveyQuestion => ({ text, answering: 'required', answer: { form: 'text' } })

test('a question turned from one choice to several keeps its choices', () => {
  expect(answerOf('several', words, { form: 'one', choices: ['甲', '乙', '丙'] })).toEqual({ form: 'several', choices: ['甲', '乙', '丙'], at_most: 3 })
  expect(answerOf('one', words)).toEqual({ form: 'one', choices: ['满意', '不满意'] })
})

test('a question at the end does not move over it', () => {
  const questions = [ask('一'), ask('二')]
  expect(moved(questions, 0, 1).map((one) => one.text)).toEqual(['二', '一'])
  expect(moved(questions, 1, 1).map((one) => one.text)).toEqual(['一', '二'])
})

test('empty lines are no choices and the most that may be taken follows', () => {
  const view = { id: 3, group: 2, title: '问卷', intro: '', subjects: [1], access: 'open', questions: [{ ...ask('选'), answer: { form: 'several', choices: ['甲', ' ', '乙'], at_most: 3 } }] } as unknown as QuestionnaireView
  expect(order(sheetOf(view), view)).toMatchObject({ questionnaire: 3, group: 2, questions: [{ answer: { choices: ['甲', '乙'], at_most: 2 } }] })
})

test('bars have the words of the ends, shares and a mean', () => {
  const scale = { form: 'scale', from: 1, to: 3, from_label: '差', to_label: '好' } as const
  expect(rowsOf(scale, [1, 0, 2])).toEqual([{ label: '1 差', count: 1 }, { label: '2', count: 0 }, { label: '3 好', count: 2 }])
  expect([percent(1, 3), percent(2, 3), percent(0, 0)]).toEqual(['33.3%', '66.7%', ''])
  expect([mean(scale, [1, 0, 2]), mean(scale, [0, 0, 0])]).toEqual(['2.33', ''])
})
