import { expect, test } from 'vitest'
import type { Command, QuestionState, QuestionView } from '../../../protocol/generated'
import { askersOf, columns, Moderation, mergeOrders } from './moderation.svelte'

const question = (id: number, state: QuestionState, asked_at = id, more: Partial<QuestionView> = {}): QuestionView => ({
  id,
  text: `问${id}`,
  visibility: 'named',
  state,
  askers: [{ name: `委员${id}`, group: '' }],
  voices: 1,
  asked_at,
  settled_at: 0,
  reason: '',
  note: '',
  due_on: '',
  merged: [],
  ...more,
})
const ids = (questions: QuestionView[]) => questions.map((one) => one.id)

test('a new arrival comes last and moves nothing above it', () => {
  const before = columns([question(1, 'asked', 10), question(2, 'asked', 20)])
  const after = columns([question(1, 'asked', 10), question(2, 'asked', 20), question(3, 'asked', 30)])
  expect(ids(after.waiting).slice(0, 2)).toEqual(ids(before.waiting))
  expect(ids(after.waiting)).toEqual([1, 2, 3])
})

test('every state has its column, and what was settled last stands first', () => {
  const found = columns([
    question(1, 'taken'),
    question(2, 'rejected', 2, { settled_at: 50 }),
    question(3, 'merged', 3, { settled_at: 90 }),
    question(4, 'accepted'),
    question(5, 'asked'),
  ])
  expect(ids(found.waiting)).toEqual([5])
  expect(ids(found.accepted)).toEqual([1, 4])
  expect(ids(found.settled)).toEqual([3, 2])
})

test('each question but the one that speaks is merged into it', () => {
  expect(mergeOrders([question(4, 'asked'), question(1, 'accepted'), question(9, 'accepted')], 1)).toEqual([
    { type: 'question.merge/1', body: { from: 4, into: 1 } },
    { type: 'question.merge/1', body: { from: 9, into: 1 } },
  ])
})

test('a matter that the hall sees does not vanish into a wording under review', () => {
  expect(mergeOrders([question(4, 'accepted'), question(1, 'asked')], 1)).toEqual([
    { type: 'question.accept/1', body: { question: 1 } },
    { type: 'question.merge/1', body: { from: 4, into: 1 } },
  ])
})

test('a refusal stops the merging and keeps the rest marked', async () => {
  const desk = new Moderation()
  for (const id of [1, 2, 3, 4]) desk.toggle(id)
  const sent: Command[] = []
  const merged = await desk.merge([1, 2, 3, 4].map((id) => question(id, 'asked')), 1, async (command) => {
    sent.push(command)
    return sent.length < 2 ? { type: 'done' } : undefined
  })
  expect(merged).toBe(1)
  expect(sent).toHaveLength(2)
  expect([...desk.marked]).toEqual([1, 3, 4])
})

test('after merging nothing stays marked', async () => {
  const desk = new Moderation()
  for (const id of [1, 2]) desk.toggle(id)
  expect(await desk.merge([question(1, 'asked'), question(2, 'asked')], 2, async () => ({ type: 'done' }))).toBe(1)
  expect([...desk.marked]).toEqual([])
})

test('what was settled meanwhile is not offered for merging', () => {
  const desk = new Moderation()
  desk.toggle(1)
  desk.toggle(2)
  expect(ids(desk.mergeable([question(1, 'asked'), question(2, 'withdrawn'), question(3, 'asked')]))).toEqual([1])
})

test('an asker of two merged questions is named once', () => {
  const same = { askers: [{ name: '王建国', group: '第一组' }] }
  expect(askersOf([question(1, 'asked', 1, same), question(2, 'asked', 2, same), question(3, 'asked')])).toEqual([
    { name: '王建国', group: '第一组' },
    { name: '委员3', group: '' },
  ])
})
