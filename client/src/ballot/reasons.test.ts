import { expect, test } from 'vitest'
import type { BallotResult, Profile, Tried } from '../protocol/generated'
import { tally } from '../words/zh-CN/tally'
import { plain, reasons } from './reasons'
import { VERDICT } from './verdict.testing'

const profile = {
  combine: 'pooled',
  groups: [{ key: 'members', label: '组成人员' }],
  options: [{ key: 'good', label: '满意' }, { key: 'fair', label: '基本满意' }],
  dimensions: [{ key: 'course', label: '办理过程' }],
  grades: [{ key: 'good', label: '满意' }, { key: 'fair', label: '基本满意' }],
} as unknown as Profile

const tried = (over: Partial<Tried> = {}): Tried => ({
  quantity: { measure: 'votes', options: ['good'], of: 'roster' }, left: '13', op: '>', right: '14', fraction: { num: 1, den: 2 }, base: '28', held: false, ...over,
})
const result = (verdict: Partial<BallotResult['verdict']>) => ({ verdict: { ...VERDICT, ...verdict } }) as BallotResult

test('every rule that was tried is told with its figures, and what follows where none held', () => {
  const step = { grade: 'good', match: 'all' as const, tried: [tried(), tried({ quantity: { measure: 'votes', options: ['good', 'fair'], of: 'returned', dimension: 'course' }, left: '20', op: '>=', right: '27/2', base: '27', held: true })], held: false }
  expect(reasons(result({ grade: { reached: 'grade', key: 'fair', label: '基本满意' }, reasons: [step] }), profile, tally.reason)).toEqual([
    '满意：满意票 13，未超过 14（应到 28 的 1/2）；“办理过程”满意、基本满意票合计 20，达到 13.5（收回 27 的 1/2）。',
    '以上都不符合，按其余情况定为“基本满意”。',
  ])
  const refer = reasons(result({ grade: { reached: 'no_grade', rule: 'refer_to_council' }, reasons: [step] }), profile, tally.reason)
  expect(refer[refer.length - 1]).toBe('以上都不符合，提请主任会议研究。')
  const held = reasons(result({ grade: { reached: 'grade', key: 'good', label: '满意', by_rule: 0 }, reasons: [{ ...step, tried: [tried({ left: '20', held: true })], held: true }] }), profile, tally.reason)
  expect(held).toEqual(['满意：满意票 20，超过 14（应到 28 的 1/2）。'])
})

test('figures of a group that is too small are not on the sheet', () => {
  const step = { grade: 'good', match: 'any' as const, tried: [tried({ left: '', right: '', base: '', quantity: { measure: 'votes', options: ['good'], of: 'roster', group: 'members' } })], held: false }
  const [line] = reasons(result({ reasons: [step] }), profile, tally.reason)
  expect(line).toBe('满意：组成人员的满意票（人数少，不列数字）不符合。')
})

test('a fraction is printed as people read it', () => {
  expect([plain('20'), plain('27/2'), plain('1/3'), plain('2/3', 100)]).toEqual(['20', '13.5', '0.3333', '66.6667'])
})
