import { expect, test } from 'vitest'
import type { BallotOption, BallotResult } from '../protocol/generated'
import { VERDICT } from './verdict.testing'
import { basisOf } from './basis'
import { toneOf } from './tone'

const option = (key: string, label: string, kind: BallotOption['kind'] = 'choice'): BallotOption => ({ key, label, kind })
const SATISFACTION = [option('satisfied', '满意'), option('basically_satisfied', '基本满意'), option('dissatisfied', '不满意'), option('abstain', '弃权', 'abstain')]

function result(votes: readonly number[], grade: string, by_majority_of?: string): BallotResult {
  const counts = SATISFACTION.map(({ key, label }, place) => ({ key, label, votes: votes[place] ?? 0, percent: '' }))
  const grade_label = SATISFACTION.find((one) => one.key === grade)?.label ?? ''
  return { due: 28, present: 27, issued: 27, returned: 27, valid: 27, invalid: 0, counts, grade, grade_label, majority: 15, by_majority_of, verdict: VERDICT, text: '' }
}

const whole = (options: BallotOption[]) => ({ options, detail: 'counts_and_percentages' as const, state: 'announced' as const })

test('a grade by majority names the option and its votes', () => {
  expect(basisOf(result([20, 4, 1, 2], 'satisfied', 'satisfied'), whole(SATISFACTION))).toEqual({ type: 'majority', label: '满意', votes: 20 })
})

test('the default grade names the options that missed the majority, and neither itself nor abstention', () => {
  expect(basisOf(result([10, 16, 1, 0], 'basically_satisfied'), whole(SATISFACTION))).toEqual({ type: 'default', labels: ['满意', '不满意'] })
})

test('where grades are no options, the worst choice is named, and no choice that has a majority', () => {
  const options = SATISFACTION.slice(0, 3)
  expect(basisOf(result([15, 1, 4], 'accepted'), whole(options))).toEqual({ type: 'default', labels: ['不满意'] })
  expect(basisOf(result([4, 1, 15], 'accepted'), whole(options))).toBeUndefined()
  expect(toneOf('accepted', options)).toBe('sat')
  expect(toneOf('continue', options)).toBe('dis')
})

test('options of a locality take their colours by place, abstention keeps its own', () => {
  const own = [option('a', '优秀'), option('b', '称职'), option('c', '基本称职'), option('d', '不称职'), option('e', '弃权', 'abstain')]
  expect(own.map((one) => toneOf(one.key, own))).toEqual(['sat', 'bas', 'bas', 'dis', 'abs'])
  expect(SATISFACTION.map((one) => toneOf(one.key, SATISFACTION))).toEqual(['sat', 'bas', 'dis', 'abs'])
})
