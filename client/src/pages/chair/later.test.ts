import { expect, test } from 'vitest'
import type { ItemView, Minute } from '../../protocol/generated'
import { FakeSource, ballot, hallOf, subject } from './testing'

const item = (id: number, of: number): ItemView => ({ id, kind: 'evaluation', title: '整改情况测评', subject: of, state: 'waiting', began_at: 0 })

/** The second sitting, about the first of two subjects; both were appraised in the first. */
function second(prepared: boolean) {
  const source = new FakeSource()
  const hall = hallOf(source)
  source.set({
    sitting: { state: prepared ? 'open' : 'preparing', number: 2, opened_at: 1, closed_at: 0 },
    agenda: { items: [item(1, 1)] },
    'subject/1': subject({ ballot: prepared ? 3 : 1, grade: { key: 'satisfied', label: '满意' } }),
    'subject/2': subject({ id: 2, unit: '区工信局', ballot: 2, grade: { key: 'satisfied', label: '满意' } }),
    'ballot/1': ballot({ state: 'announced' }),
    'ballot/2': ballot({ id: 2, subject: 2, state: 'announced' }),
    'ballot/3': ballot({ id: 3, sitting: 2, matter: 'rectification', state: 'prepared' }),
  })
  return hall
}

test('an evaluation of a later sitting has no ballot before it opens, and never the one of an earlier sitting', () => {
  expect(second(false).ballotsOf(item(1, 1))).toEqual([])
  expect(second(true).ballotsOf(item(1, 1)).map((one) => one.id)).toEqual([3])
  expect(second(true).ballotHere(2)).toBeUndefined()
})

test('the minutes on the console begin with the convening of this sitting', () => {
  const source = new FakeSource()
  const hall = hallOf(source)
  const opened: Minute = { at: 1, what: { type: 'sitting_closed' } }
  const convened: Minute = { at: 2, what: { type: 'sitting_convened', number: 2 } }
  source.set({ minutes: { lines: [opened] } })
  expect(hall.minutes).toEqual([opened])
  source.set({ minutes: { lines: [opened, convened, opened] } })
  expect(hall.minutes).toEqual([convened, opened])
})

test('a later sitting is about those on its agenda', () => {
  expect(second(true).subjectsHere.map((one) => one.unit)).toEqual(['区教育局'])
})
