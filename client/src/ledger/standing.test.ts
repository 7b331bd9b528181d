import { expect, test } from 'vitest'
import type { CheckFinding, LedgerLineView, LineState } from '../protocol/generated'
import { condemned, daysLate, passes } from './standing'

// 24:00 of 29 February 2024 in Beijing.
const ENDS_AT = Date.UTC(2024, 1, 29, 16)
const line = (state: LineState, found: CheckFinding[] = [], closed = false): LedgerLineView =>
  ({
    state,
    ends_at: ENDS_AT,
    checks: found.map((finding) => ({ on: '2024-02-01', by: '教科文卫工委', finding, note: '' })),
    closed: closed ? { on: '2024-02-02', by: '教科文卫工委' } : undefined,
  }) as LedgerLineView

test('a line is late from 24:00 of its last day on, unless it is carried out', () => {
  expect(daysLate(line('underway'), ENDS_AT - 1)).toBe(0)
  expect(daysLate(line('underway'), ENDS_AT)).toBe(1)
  expect(daysLate(line('not_started'), ENDS_AT + 86_400_000)).toBe(2)
  expect(daysLate(line('done'), ENDS_AT)).toBe(0)
  expect(daysLate(line('long_term'), ENDS_AT)).toBe(0)
  expect(daysLate({ ...line('underway'), ends_at: undefined }, ENDS_AT)).toBe(0)
})

test('only the last check condemns a line', () => {
  expect(condemned(line('underway', ['sound', 'fake']))).toBe(true)
  expect(condemned(line('underway', ['perfunctory']))).toBe(true)
  expect(condemned(line('done', ['fake', 'sound']))).toBe(false)
  expect(condemned(line('underway'))).toBe(false)
})

test('the desk sifts what is late, condemned or open', () => {
  const after = ENDS_AT + 1
  const closed = line('done', ['sound'], true)
  const fake = line('underway', ['fake'])
  expect([closed, fake].filter((one) => passes(one, 'open', after))).toEqual([fake])
  expect([closed, fake].filter((one) => passes(one, 'late', after))).toEqual([fake])
  expect([closed, fake].filter((one) => passes(one, 'condemned', after))).toEqual([fake])
  expect([closed, fake].filter((one) => passes(one, 'all', after))).toEqual([closed, fake])
})
