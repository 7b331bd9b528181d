import { expect, test } from 'vitest'
import type { IssueView, QuestionView, RemarkView } from '../../../protocol/generated'
import { allSources, categoriesFit, fromQuestions, fromRemarks, inOrder, unused } from './issues'

const issue = (id: number, category: string, over: Partial<IssueView> = {}): IssueView => ({
  id,
  subject: 1,
  category,
  text: `问题${id}`,
  sources: [{ from: 'question', question: id }],
  merged: [],
  dropped_because: '',
  ...over,
})
const question = (id: number, state: QuestionView['state'], visibility: QuestionView['visibility'] = 'named') =>
  ({ id, state, visibility, subject: 1, text: `询问${id}` }) as QuestionView

test('what was answered or put off is proposed until an issue names it, even a dropped one', () => {
  const asked = [question(1, 'answered'), question(2, 'deferred'), question(3, 'accepted'), question(4, 'answered', 'chair_only')]
  const candidates = fromQuestions(asked)
  expect(candidates.map((one) => one.text)).toEqual(['询问1', '询问2'])
  expect(unused(candidates, [issue(1, '工作作风', { dropped_because: '已办结' })]).map((one) => one.text)).toEqual(['询问2'])
})

test('a remark is proposed once its speaker has confirmed it', () => {
  const said = (id: number, state: RemarkView['state']) => ({ id, state, text: `发言${id}`, subject: 1 }) as RemarkView
  expect(fromRemarks([said(1, 'waiting'), said(2, 'confirmed'), said(3, 'removed')]).map((one) => one.text)).toEqual(['发言2'])
})

test('issues stand by category as the list orders them, without merged and dropped ones', () => {
  const all = [issue(1, '民生热点'), issue(2, '工作作风'), issue(3, '民生热点', { merged_into: 1 }), issue(4, '工作作风', { subject: 2 }), issue(5, '工作作风')]
  expect(inOrder(all, ['工作作风', '民生热点'], 1).map((one) => one.id)).toEqual([2, 5, 1])
})

test('an issue shows the sources of what was merged into it, each once', () => {
  const sources = [{ from: 'question' as const, question: 1 }, { from: 'other' as const, text: '群众来信' }]
  const all = [issue(1, '民生热点', { merged: [3] }), issue(3, '民生热点', { merged_into: 1, sources })]
  expect(allSources(all[0]!, all)).toEqual([{ from: 'question', question: 1 }, { from: 'other', text: '群众来信' }])
})

test('categories have names, each once', () => {
  expect(categoriesFit([{ name: '甲', was: '甲' }, { name: '乙', was: '' }])).toBe(true)
  expect(categoriesFit([{ name: '甲', was: '甲' }, { name: ' 甲 ', was: '' }])).toBe(false)
  expect(categoriesFit([{ name: ' ', was: '' }])).toBe(false)
  expect(categoriesFit([])).toBe(false)
})
