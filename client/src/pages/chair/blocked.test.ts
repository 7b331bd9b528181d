import { expect, test } from 'vitest'
import type { BallotView, ConsoleView, Refusal } from '../../protocol/generated'
import { blockedBy } from './blocked'
import { Conduct } from './conduct.svelte'
import { ballot, consoleView, FakeSource, hallOf } from './testing'

function blocked(refusal: Refusal, of: Partial<BallotView> = {}, next: ConsoleView['next'] = { type: 'announce_ballot', ballot: 1 }) {
  const source = new FakeSource()
  const hall = hallOf(source)
  source.set({
    console: consoleView({ next, blocked: refusal }),
    'ballot/1': ballot({ state: 'sealed', ...of }),
    sitting: { state: 'open', number: 1, opened_at: 1, closed_at: 0, current: 8, ...(of.state === 'presented' && { running_ballot: 1 }) },
    scrutiny: { rule: 'confirm', scrutineers: [{ person: 3, name: '王芳' }, { person: 4, name: '李明' }], incidents: [] },
  })
  const conduct = new Conduct(hall)
  return { conduct, ...blockedBy(refusal, hall, conduct) }
}

test('more returned than issued is said in plain words, with a recount and a void to choose from', () => {
  const refusal = { code: 'accounts_do_not_balance', identity: { identity: 'returned_over_issued', group: 'members', returned: 29, issued: 28, remedy: 'void_and_redo' } } as const
  const paper = { issued: 5, marks: [], entries: [] }
  const { todo, remedies, conduct } = blocked(refusal, { paper })
  expect(todo).toContain('收回的票多于发出的票')
  expect(remedies.map((one) => one.says)).toEqual(['重新清点', '作废重测'])
  remedies[0]!.press()
  expect(conduct.asking).toEqual({ kind: 'count', ballot: 1 })
  conduct.dismiss()
  remedies[1]!.press()
  expect(conduct.asking).toMatchObject({ kind: 'void', scope: 1 })
  expect(blocked(refusal).remedies.map((one) => one.says), 'there is no paper to count').toEqual(['作废重测'])
})

test('the scrutineers that are waited for are named, and can be replaced', () => {
  const refusal = { code: 'scrutineers_pending', step: 'open', confirmed: 1, needed: 2 } as const
  const { todo, remedies, conduct } = blocked(refusal, { state: 'presented', confirmed: [{ step: 'open', by: ['王芳'] }] }, { type: 'open_ballot', ballot: 1 })
  expect(todo).toContain('李明')
  expect(todo).not.toContain('王芳')
  remedies[0]!.press()
  expect(conduct.asking).toEqual({ kind: 'scrutiny' })
})

test('scrutineers are appointed before a ballot is presented, not while it is', () => {
  const refusal = { code: 'scrutineers_too_few', min: 2 } as const
  expect(blocked(refusal, { state: 'prepared' }, { type: 'present_ballot', ballot: 1 }).remedies.map((one) => one.says)).toEqual(['确定监票人'])
  expect(blocked(refusal, { state: 'presented' }, { type: 'open_ballot', ballot: 1 }).remedies.map((one) => one.says)).toEqual(['作废重测'])
})

