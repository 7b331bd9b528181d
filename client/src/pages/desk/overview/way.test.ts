import { expect, test } from 'vitest'
import type { PlanView, ReminderView, Stage } from '../../../protocol/generated'
import { halfTyped, lateOnes, plannedDays, reminderStanding, stageState, stageToEnter, stepsOf, typedDays } from './way'

const HOUR = 3_600_000
/** 24:00 of 31 January 2024 in Beijing. */
const END = Date.parse('2024-01-31T16:00:00Z')
const due = (about: Partial<ReminderView> = {}): ReminderView => ({
  about: { type: 'stage_end', stage: 'preparation' }, due_on: '2024-01-31', ends_at: END, done: false, provisional: false, ...about,
})
const plan = (stage: Stage, closed_at = 0): PlanView => ({ stage, closed_at, stages: [{ stage: 'preparation', first: '2024-01-01', last: '2024-01-31', began_on: '' }] })

test('something is late from the midnight that ends its last day', () => {
  expect(reminderStanding(due(), END - 1)).toEqual({ state: 'open', days: 0 })
  expect(reminderStanding(due(), END - 24 * HOUR)).toEqual({ state: 'open', days: 0 })
  expect(reminderStanding(due(), END - 24 * HOUR - 1)).toEqual({ state: 'open', days: 1 })
  expect(reminderStanding(due(), END)).toEqual({ state: 'late', days: 1 })
  expect(reminderStanding(due(), END + 25 * HOUR)).toEqual({ state: 'late', days: 2 })
  expect(reminderStanding(due({ done: true }), END + HOUR)).toEqual({ state: 'done', days: 0 })
  expect(lateOnes([due(), due({ done: true }), due({ ends_at: END + HOUR })], END)).toEqual([due()])
})

test('the desk enters the next stage, but never the last one, which begins by itself', () => {
  expect(stageToEnter(plan('preparation'))).toBe('investigation')
  expect(stageToEnter(plan('investigation'))).toBe('sitting')
  expect(stageToEnter(plan('sitting'))).toBeUndefined()
  expect(stageToEnter(plan('rectification'))).toBeUndefined()
  expect(stageToEnter(plan('preparation', 1))).toBeUndefined()
})

test('stages before the present one are past, and all are once the case is closed', () => {
  expect(['preparation', 'investigation', 'sitting'].map((stage) => stageState(plan('investigation'), stage as Stage))).toEqual(['past', 'now', 'coming'])
  expect(stageState(plan('rectification', 1), 'rectification')).toBe('past')
})

test('a stage is planned with both its days or not at all', () => {
  const days = typedDays(plan('preparation'))
  expect(halfTyped(days)).toBeUndefined()
  expect(plannedDays(days)).toEqual([{ stage: 'preparation', first: '2024-01-01', last: '2024-01-31' }])
  expect(halfTyped({ ...days, sitting: { first: '2024-03-01', last: '' } })).toBe('sitting')
})

test('steps that nothing asks for yet are not shown', () => {
  const step = (of: number, state: 'waiting' | 'ready') => ({ stage: 'rectification' as const, step: 'rounds_ordered' as const, state, done: 0, of, on: '' })
  expect(stepsOf([step(0, 'waiting'), step(2, 'waiting'), step(0, 'ready')], 'rectification')).toEqual([step(2, 'waiting'), step(0, 'ready')])
})
