import { afterEach, expect, test } from 'vitest'
import { Live } from '../../connection/store.svelte'
import { fakeBrowser } from '../../connection/testing'
import { Hall, subjectName } from './hall.svelte'

const SUBJECT = { id: 1, officer: '', post: '局长', unit: '区教育局', report: 'oral', documents: [] } as const
const item = (id: number, subject?: number) => ({ id, kind: 'report', title: `第${id}项`, subject, state: 'waiting', began_at: 0 })
const AGENDA = { items: [item(1), item(2, 1), item(3)] }
const SITTING = { state: 'open', opened_at: 1, closed_at: 0, current: 2 }

let live: Live | undefined
afterEach(() => {
  live?.stop()
  live = undefined
})

function hall(views: Record<string, unknown>): Hall {
  live?.stop()
  const browser = fakeBrowser()
  live = new Live({ appraisal: 'a1', audience: 'projector' })
  live.start()
  browser.socket.welcome()
  browser.socket.say({ type: 'snapshot', position: { epoch: 'e', seq: 1 }, set: { agenda: AGENDA, sitting: SITTING, 'subject/1': SUBJECT, ...views } })
  return new Hall(live)
}

test('a question that is no longer to be seen leaves the screen for the names', () => {
  const shown = { id: 7, text: '何时兑付', subject: 1 }
  expect(hall({ screen: { type: 'question', question: 7 }, 'question/7': shown }).scene).toEqual({ type: 'question', question: shown })
  expect(hall({ screen: { type: 'question', question: 7 } }).scene).toEqual({ type: 'title' })
})

test('the place in the agenda follows the item on the screen, else the current one', () => {
  expect(hall({ screen: { type: 'item', item: 3 } }).place).toEqual({ number: 3, of: 3 })
  expect(hall({ screen: { type: 'check_in' } }).place).toEqual({ number: 2, of: 3 })
})

test('the strip marks a subject only while the screen is about it', () => {
  expect(hall({ screen: { type: 'item', item: 2 } }).subjectOnScreen).toBe(1)
  expect(hall({ screen: { type: 'ballot', ballot: 4 }, 'ballot/4': { id: 4, subject: 1 } }).subjectOnScreen).toBe(1)
  expect(hall({ screen: { type: 'welcome' } }).subjectOnScreen).toBeUndefined()
})

test('a later sitting shows whom its agenda names, and no result of an earlier one', () => {
  const other = { ...SUBJECT, id: 2, unit: '区工信局', ballot: 2 }
  const later = (ballot: number) => hall({ sitting: { ...SITTING, number: 2 }, 'subject/1': { ...SUBJECT, ballot }, 'subject/2': other, 'ballot/1': { id: 1, sitting: 1 }, 'ballot/3': { id: 3, sitting: 2 } })
  expect(later(3).subjectsHere.map((one) => one.id)).toEqual([1])
  const [subject] = later(1).subjectsHere
  expect(later(1).ballotHere(subject!)).toBeUndefined()
  expect(later(3).ballotHere({ ...subject!, ballot: 3 })?.id).toBe(3)
})

test('only an appraisal of the report on duty is called by the report', () => {
  const form = (ballot: object | undefined) => {
    const one = hall({ sitting: { ...SITTING, number: 1 }, 'subject/1': { ...SUBJECT, ballot: 4 }, 'ballot/4': ballot && { id: 4, sitting: 1, ...ballot } })
    return one.formOf(one.subject(1)!)
  }
  expect(form(undefined)).toBe('口头述职')
  expect(form({ matter: 'appraisal' })).toBe('口头述职')
  expect(form({ matter: 'rectification' })).toBe('整改情况')
  expect(form({ matter: 'removal' })).toBe('撤职案')
})

test('an officer without a name on the roster is called by unit and post', () => {
  expect(subjectName({ ...SUBJECT, documents: [] })).toBe('区教育局局长')
  expect(subjectName({ ...SUBJECT, documents: [], officer: '张某' })).toBe('区教育局局长　张某')
})

test('a sheet is on the screen as a whole, and stands where its next step is', () => {
  const sheet = [4, 5]
  const shown = hall({ screen: { type: 'ballot', ballot: 4 }, 'ballot/4': { id: 4, subject: 1, sheet, state: 'sealed' }, 'ballot/5': { id: 5, subject: 2, sheet, state: 'open' } })
  const scene = shown.scene
  if (scene.type !== 'ballot') throw new Error(scene.type)
  expect(shown.sheet(scene.ballot).map((one) => one.id)).toEqual([4, 5])
  expect(shown.standing(scene.ballot).state).toBe('open')
})

test('a lot on the screen is the one that the console named', () => {
  const lots = [{ lot: 1, state: 'cancelled' }, { lot: 2, state: 'committed' }]
  expect(hall({ screen: { type: 'lot', lot: 2 }, lot: { lots } }).scene).toEqual({ type: 'lot', lot: lots[1] })
  expect(hall({ screen: { type: 'lot', lot: 3 }, lot: { lots } }).scene).toEqual({ type: 'title' })
})
