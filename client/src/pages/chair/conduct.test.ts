import { beforeEach, expect, test, vi } from 'vitest'
import { notices } from '../../parts/notices.svelte'
import type { AgainView } from '../../protocol/generated'
import { Conduct, SETTLE_MS } from './conduct.svelte'
import { announceBallot, closeBallot, displayBallot, handConsole, openBallot, pauseBallot, recordAttendance, showScreen } from './orders'
import { ballot, consoleView, FakeSource, hallOf } from './testing'

let source: FakeSource
let conduct: Conduct

beforeEach(() => {
  vi.useFakeTimers()
  source = new FakeSource()
  conduct = new Conduct(hallOf(source))
})

test('closing asks first, and carries the ballot as it was when the dialog opened', async () => {
  conduct.pressNext()
  expect(conduct.asking).toMatchObject({ kind: 'order', order: { name: 'close_ballot' } })
  expect(source.sent).toEqual([])
  source.set({ 'ballot/1': ballot({ returned: 27 }) })
  await conduct.confirm()
  expect(source.sent).toEqual([{ command: { type: 'ballot.close/1', body: { ballot: 1 } }, expects: { ballot: 1, round: 1, state: 'open' } }])
})

test('a dialog that was overtaken by another state or round sends nothing', async () => {
  conduct.pressNext()
  source.set({ 'ballot/1': ballot({ state: 'paused' }) })
  expect(conduct.overtaken).toBe(true)
  await conduct.confirm()
  expect(source.sent).toEqual([])
  source.set({ 'ballot/1': ballot({ round: 2 }) })
  await conduct.confirm()
  expect(source.sent).toEqual([])
})

const again: AgainView = { causes: ['system_failure', 'procedure'], rounds_left: 2 }

test('a void carries the cause and the picture it was asked about, and a mistake of procedure says which', async () => {
  source.set({ 'ballot/1': ballot({ again }) })
  conduct.askVoid(1)
  await conduct.confirmVoid('procedure', '   ')
  await conduct.confirmVoid('no_grade', '')
  expect(source.sent, 'unexplained, or not one of the causes that hold').toEqual([])
  await conduct.confirmVoid('procedure', ' 误操作 ')
  expect(source.sent).toEqual([{ command: { type: 'ballot.void/2', body: { ballot: 1, cause: 'procedure', note: '误操作' } }, expects: { ballot: 1, round: 1, state: 'open' } }])
})

test('the last round that the rule allows is not voided once voting has begun', async () => {
  source.set({ 'ballot/1': ballot({ again: { ...again, rounds_left: 0 } }) })
  conduct.askVoid(1)
  expect(conduct.lastRound).toBe(true)
  await conduct.confirmVoid('system_failure', '')
  expect(source.sent).toEqual([])
  conduct.dismiss()
  source.set({ 'ballot/1': ballot({ state: 'presented', again: { ...again, rounds_left: 0 } }) })
  conduct.askVoid(1)
  await conduct.confirmVoid('system_failure', '')
  expect(source.sent).toHaveLength(1)
})

test('where the rule has another round, the big button asks for it with its cause', () => {
  source.set({ console: consoleView({ next: { type: 'repeat_ballot', ballot: 1, cause: 'no_grade' } }), 'ballot/1': ballot({ state: 'announced', again: { causes: ['no_grade'], rounds_left: 1, comes_next: 'revote' } }) })
  conduct.pressNext()
  expect(conduct.asking).toMatchObject({ kind: 'void', scope: 1, cause: 'no_grade' })
})

test('every order of conduct at once carries what the chair sees now', () => {
  source.set({ 'ballot/1': ballot({ round: 3, state: 'paused' }) })
  conduct.press(pauseBallot(1))
  expect(source.sent[0]?.expects).toEqual({ ballot: 1, round: 3, state: 'paused' })
})

test('orders that conduct no ballot carry no picture', async () => {
  conduct.press(displayBallot(1, 'turnout_only'))
  await vi.runAllTimersAsync()
  conduct.press(showScreen({ type: 'title' }))
  expect(source.sent.map((one) => one.expects)).toEqual([undefined, undefined])
})

test('an outdated screen opens the dialog that says so, and nothing else is sent', async () => {
  source.verdict = { type: 'refused', refusal: { code: 'screen_outdated', ballot: 1, round: 2, state: 'presented' } }
  conduct.pressNext()
  await conduct.confirm()
  expect(conduct.asking).toEqual({ kind: 'outdated', refusal: { code: 'screen_outdated', ballot: 1, round: 2, state: 'presented' } })
  expect(source.sent).toHaveLength(1)
})

test('another refusal is told in its sentence', async () => {
  source.verdict = { type: 'refused', refusal: { code: 'no_quorum', present: 10, needed: 15 } }
  conduct.press(pauseBallot(1))
  await Promise.resolve()
  await Promise.resolve()
  expect(notices().map((one) => one.text).join()).toContain('15')
})

test('without a connection nothing is asked, sent or kept for later', async () => {
  conduct.pressNext()
  source.status = 'waiting'
  await conduct.confirm()
  conduct.press(pauseBallot(1))
  await conduct.give(recordAttendance(3, 'present'))
  conduct.dismiss()
  conduct.askVoid(1)
  conduct.pressNext()
  expect(conduct.asking).toBeUndefined()
  expect(source.sent).toEqual([])
})

test('the seat without the console conducts nothing, but records attendance and takes the console back', async () => {
  source.set({ console: consoleView({ held_by: 'operator' }) })
  conduct.press(pauseBallot(1))
  conduct.pressNext()
  await conduct.give(announceBallot(1))
  expect(source.sent).toEqual([])
  await conduct.give(recordAttendance(3, 'present'))
  await conduct.give(handConsole('chair'))
  expect(source.sent.map((one) => one.command.type)).toEqual(['attendance.record/1', 'console.hand/1'])
})

test('a blocked next action does nothing', () => {
  source.set({ console: consoleView({ next: { type: 'open_ballot', ballot: 1 }, blocked: { code: 'no_quorum', present: 10, needed: 15 } }) })
  conduct.pressNext()
  expect(source.sent).toEqual([])
})

test('a second press meant for the last action does not start the next one', () => {
  source.set({ console: consoleView({ next: { type: 'open_ballot', ballot: 1 } }), 'ballot/1': ballot({ state: 'presented' }) })
  conduct.nextChanged()
  vi.advanceTimersByTime(SETTLE_MS - 1)
  conduct.pressNext()
  expect(source.sent).toEqual([])
  vi.advanceTimersByTime(1)
  conduct.pressNext()
  expect(source.sent).toHaveLength(1)
})

test('the chosen time limit goes with the opening of its own ballot only', () => {
  conduct.setLimit(1, 60)
  source.set({ console: consoleView({ next: { type: 'open_ballot', ballot: 1 } }) })
  expect(conduct.next).toEqual(openBallot(1, 60))
  source.set({ console: consoleView({ next: { type: 'open_ballot', ballot: 2 } }) })
  expect(conduct.next).toEqual(openBallot(2, 120))
})

test('an open question is not pushed aside by another', () => {
  conduct.press(closeBallot(1))
  conduct.ask({ kind: 'help' })
  conduct.askVoid(1)
  expect(conduct.asking?.kind).toBe('order')
})

test('of a sheet one ballot is voided, or all of it with one reason, each with its own picture', async () => {
  const sheet = [1, 2, 3]
  source.set({ 'ballot/1': ballot({ sheet, again }), 'ballot/2': ballot({ id: 2, sheet, round: 2, again }), 'ballot/3': ballot({ id: 3, sheet, state: 'prepared' }) })
  conduct.askVoid(1, 2)
  await conduct.confirmVoid('procedure', '误操作')
  expect(source.sent).toEqual([{ command: { type: 'ballot.void/2', body: { ballot: 2, cause: 'procedure', note: '误操作' } }, expects: { ballot: 2, round: 2, state: 'open' } }])
  source.sent.length = 0
  conduct.askVoid(1)
  await conduct.confirmVoid('procedure', '误操作')
  expect(source.sent, 'nothing is chosen beforehand').toEqual([])
  conduct.chooseVoid('sheet')
  await conduct.confirmVoid('procedure', '误操作')
  // The third has not begun; there is nothing to void.
  expect(source.sent.map((one) => one.expects)).toEqual([{ ballot: 1, round: 1, state: 'open' }, { ballot: 2, round: 2, state: 'open' }])
})

test('a dialog about a sheet is overtaken only by what it would void', () => {
  const sheet = [1, 2]
  source.set({ 'ballot/1': ballot({ sheet }), 'ballot/2': ballot({ id: 2, sheet }) })
  conduct.askVoid(1, 1)
  source.set({ 'ballot/2': ballot({ id: 2, sheet, state: 'paused' }) })
  expect(conduct.overtaken).toBe(false)
  conduct.chooseVoid('sheet')
  expect(conduct.overtaken).toBe(true)
})
