import { expect, test } from 'vitest'
import type { OpinionsView, SubjectResultView, SubjectView } from '../../../protocol/generated'
import { deskPreparation } from '../../../words/zh-CN/desk_preparation'
import { entriesOf, evaluated, generate, generateAgain, lackOf, linesOf, merged, moved, SHEET_SUBJECTS_MAX, split, toRectify, withLine } from './agenda'

const { titles } = deskPreparation.agenda
const subject = (id: number, unit: string, report: SubjectView['report']): SubjectView => ({ id, officer: '', post: '局长', unit, report, documents: [] })
const SUBJECTS = [subject(1, '区教育局', 'oral'), subject(3, '区卫生健康局', 'written'), subject(2, '区工信局', 'oral')]

test('the generated agenda has the order of a sitting, oral before written, and evaluates everybody', () => {
  expect(entriesOf(generate(SUBJECTS, titles))).toEqual([
    { kind: 'opening', title: '签到，宣布开会' },
    { kind: 'report', title: '区教育局局长口头述职', subject: 1 },
    { kind: 'report', title: '区工信局局长口头述职', subject: 2 },
    { kind: 'report', title: '区卫生健康局局长书面述职', subject: 3 },
    { kind: 'inquiry', title: '询问与现场答复' },
    { kind: 'deliberation', title: '审议' },
    { kind: 'evaluation', title: '民主测评：区教育局', subject: 1 },
    { kind: 'evaluation', title: '民主测评：区卫生健康局', subject: 3 },
    { kind: 'evaluation', title: '民主测评：区工信局', subject: 2 },
    { kind: 'speech', title: '讲话' },
  ])
})

test('a later sitting hears and measures the rectification, and nobody reports on duty again', () => {
  expect(entriesOf(generateAgain(SUBJECTS.slice(0, 1), titles))).toEqual([
    { kind: 'opening', title: '签到，宣布开会' },
    { kind: 'other', title: '区教育局局长报告整改情况', subject: 1 },
    { kind: 'deliberation', title: '审议' },
    { kind: 'evaluation', title: '整改情况测评：区教育局', subject: 1 },
    { kind: 'speech', title: '讲话' },
  ])
})

test('only those come again whose rectification is not accepted', () => {
  const result = (matter: SubjectResultView['matter'], goes_on: boolean): SubjectResultView => ({ ballot: 1, matter, session_name: '', day: '', grade: { key: '', label: '' }, goes_on })
  const of = (subject: number, ...results: SubjectResultView[]): OpinionsView => ({ subject, approved_on: '', handed_on: '', received_on: '', results, to_order: false, rounds: [], escalations: [] })
  const duty = result('appraisal', false)
  const [accepted, ordered] = [result('rectification', false), result('rectification', true)]
  const ids = (opinions: OpinionsView[]) => toRectify(SUBJECTS, opinions).map((one) => one.id)
  expect(ids([of(1, duty, ordered), of(2, duty), of(3, duty, accepted)])).toEqual([1, 2])
  expect(ids([of(1, duty, ordered, accepted), of(2, duty, accepted), of(3, duty, accepted)])).toEqual([1, 3, 2])
})

test('lines move by one and stop at the edges', () => {
  const lines = generate([], titles)
  const titlesOf = (moved: typeof lines) => moved.map((line) => line.title)
  expect(titlesOf(moved(lines, 1, -1))).toEqual(['询问与现场答复', '签到，宣布开会', '审议', '讲话'])
  expect(moved(lines, 0, -1)).toEqual(lines)
  expect(moved(lines, lines.length - 1, 1)).toEqual(lines)
})

test('a new line never takes the key of another', () => {
  const lines = withLine(linesOf({ items: [{ id: 7, kind: 'opening', title: '开会', state: 'waiting', began_at: 0 }] }))
  expect(lines.map((line) => line.key)).toEqual([7, 8])
})

test('what is lacking is named by its place', () => {
  const lines = generate(SUBJECTS, titles)
  expect(lackOf(lines, SUBJECTS)).toBeUndefined()
  expect(lackOf(withLine(lines), SUBJECTS)).toEqual({ lack: 'title', place: 11 })
  expect(lackOf(lines, SUBJECTS.slice(0, 2))).toEqual({ lack: 'subject', place: 3 })
  expect(lackOf([{ key: 1, kind: 'evaluation', title: '测评' }], SUBJECTS)).toEqual({ lack: 'subject', place: 1 })
})

test('evaluations go onto one sheet in the order of the agenda, and come apart again', () => {
  const lines = generate(SUBJECTS, titles)
  const sheet = merged(lines, [2, 1, 3], titles.sheet)
  expect(entriesOf(sheet).filter((one) => one.kind === 'evaluation')).toEqual([{ kind: 'evaluation', title: '民主测评', subjects: [1, 3, 2] }])
  expect(new Set(sheet.map((line) => line.key)).size).toBe(sheet.length)
  const place = sheet.findIndex((line) => line.subjects)
  const apart = split(sheet, place, (id) => titles.evaluation(SUBJECTS.find((one) => one.id === id)!.unit))
  expect(entriesOf(apart)).toEqual(entriesOf(lines))
  expect(new Set(apart.map((line) => line.key)).size).toBe(apart.length)
})

test('a subject can be left out of the sheet, and taken from one sheet onto another', () => {
  const lines = generate(SUBJECTS, titles)
  const some = merged(lines, [1, 2], titles.sheet)
  expect(some.map(evaluated).filter((of) => of.length > 0)).toEqual([[1, 2], [3]])
  expect(merged(some, [2, 3], titles.sheet).map(evaluated).filter((of) => of.length > 0)).toEqual([[2, 3], [1]])
  expect(merged(lines, [1], titles.sheet)).toEqual(lines)
})

test('a subject on two evaluations and a sheet that is too long are named by their place', () => {
  const lines = generate(SUBJECTS, titles)
  const again = [...lines, { key: 99, kind: 'evaluation' as const, title: '再测', subjects: [2, 3] }]
  expect(lackOf(again, SUBJECTS)).toEqual({ lack: 'twice', place: 11 })
  const many = Array.from({ length: SHEET_SUBJECTS_MAX + 1 }, (_, at) => at + 1)
  expect(lackOf([{ key: 1, kind: 'evaluation', title: '测评', subjects: many }], SUBJECTS)).toEqual({ lack: 'too_many', place: 1 })
  expect(lackOf([{ key: 1, kind: 'evaluation', title: '测评', subjects: [1, 9] }], SUBJECTS)).toEqual({ lack: 'subject', place: 1 })
})

test('a sheet keeps its subjects from the server and back', () => {
  const lines = linesOf({ items: [{ id: 7, kind: 'evaluation', title: '民主测评', subjects: [1, 2], state: 'waiting', began_at: 0 }] })
  expect(entriesOf(lines)).toEqual([{ kind: 'evaluation', title: '民主测评', subjects: [1, 2] }])
})
