import { expect, test } from 'vitest'
import type { BallotState, ItemView } from '../../protocol/generated'
import { stretches } from './agenda'
import { ballotSteps, courseSteps } from './steps'
import { ballot, subject } from './testing'

const states = (state: BallotState) => ballotSteps(ballot({ state })).map((one) => one.state[0]).join('')

test('the strip stands where the ballot stands', () => {
  expect(states('prepared')).toBe('nlll')
  expect(states('presented')).toBe('dnll')
  expect(states('paused')).toBe('dnll')
  expect(states('closing')).toBe('ddnl')
  expect(states('sealed')).toBe('dddn')
  expect(states('announced')).toBe('dddd')
})

const item = (id: number, kind: ItemView['kind'], state: ItemView['state'], of?: number): ItemView => ({ id, kind, title: '', subject: of, state, began_at: 0 })

test('a kind of item is done only when all of its items are', () => {
  const items = [item(1, 'report', 'done', 1), item(2, 'report', 'waiting', 2), item(3, 'inquiry', 'done'), item(4, 'evaluation', 'current', 1)]
  expect(courseSteps(items, items[3]).map((one) => one.state)).toEqual(['later', 'done', 'now'])
})

test('the agenda groups neighbours of one sort', () => {
  const items = [item(1, 'opening', 'done'), item(2, 'report', 'done', 1), item(3, 'report', 'waiting', 2), item(4, 'inquiry', 'waiting'), item(5, 'deliberation', 'waiting')]
  const found = stretches(items, (one) => (one.subject === 2 ? subject({ id: 2, report: 'written' }) : subject()))
  expect(found.map((one) => [one.sort, one.items.length])).toEqual([['single', 1], ['oral', 1], ['written', 1], ['talk', 2]])
})
