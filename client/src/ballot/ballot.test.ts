import { expect, test } from 'vitest'
import type { BallotOption, BallotResult, RuleStep, Tried } from '../protocol/generated'
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

/** A rule that was tried in vain, by itself asking for more than half of all members. */
function missed(grade: string, options: string[], over: Partial<Tried> = {}): RuleStep {
  const tried: Tried = { quantity: { measure: 'votes', options, of: 'roster' }, left: '0', op: '>', right: '14', fraction: { num: 1, den: 2 }, base: '28', held: false, ...over }
  return { grade, match: 'all', tried: [tried], held: false }
}
const after = (one: BallotResult, ...reasons: RuleStep[]): BallotResult => ({ ...one, verdict: { ...VERDICT, reasons } })

const whole = (options: BallotOption[]) => ({ options, detail: 'counts_and_percentages' as const, state: 'announced' as const })

test('a grade by majority names the option and its votes', () => {
  expect(basisOf(result([20, 4, 1, 2], 'satisfied', 'satisfied'), whole(SATISFACTION))).toEqual({ type: 'majority', label: '满意', votes: 20 })
})

test('the default grade names the options that missed the majority, and neither itself nor abstention', () => {
  const two = [missed('satisfied', ['satisfied']), missed('dissatisfied', ['dissatisfied'])]
  expect(basisOf(after(result([10, 16, 1, 0], 'basically_satisfied'), ...two), whole(SATISFACTION))).toEqual({ type: 'default', labels: ['满意', '不满意'] })
})

test('where grades are no options, the choice is named that the rule asked about, the best or the worst', () => {
  const options = SATISFACTION.slice(0, 3)
  expect(basisOf(after(result([15, 1, 4], 'accepted'), missed('continue', ['dissatisfied'])), whole(options))).toEqual({ type: 'default', labels: ['不满意'] })
  expect(basisOf(after(result([8, 9, 3], 'continue'), missed('accepted', ['satisfied'])), whole(options))).toEqual({ type: 'default', labels: ['满意'] })
})

test('nothing is said of the default grade where a rule asked for something else than half of all for one choice', () => {
  const options = SATISFACTION.slice(0, 3)
  const said = (...reasons: RuleStep[]) => basisOf(after(result([8, 3, 9], 'continue'), ...reasons), whole(options))
  expect(said(missed('accepted', ['satisfied', 'basically_satisfied']))).toBeUndefined()
  expect(said(missed('accepted', ['satisfied'], { fraction: { num: 2, den: 3 } }))).toBeUndefined()
  expect(said(missed('accepted', ['satisfied'], { op: '>=' }))).toBeUndefined()
  expect(said(missed('accepted', ['satisfied'], { quantity: { measure: 'votes', options: ['satisfied'], of: 'returned' } }))).toBeUndefined()
  expect(said(missed('accepted', ['satisfied']), missed('accepted', ['satisfied'], { op: '>=' }))).toBeUndefined()
  expect(said()).toBeUndefined()
})

test('of a rule that asked for several at once, only the choice is named that missed it', () => {
  const both = { ...missed('accepted', ['satisfied']), tried: [missed('', ['satisfied']).tried[0]!, missed('', ['dissatisfied'], { left: '15', held: true }).tried[0]!] }
  expect(basisOf(after(result([4, 1, 15], 'continue'), both), whole(SATISFACTION.slice(0, 3)))).toEqual({ type: 'default', labels: ['满意'] })
})

test('a rule on less than half of all members is not told as a majority of them', () => {
  expect(basisOf(result([5, 8, 14], 'dissatisfied', 'dissatisfied'), whole(SATISFACTION))).toBeUndefined()
  expect(basisOf(result([5, 7, 15], 'dissatisfied', 'dissatisfied'), whole(SATISFACTION))).toEqual({ type: 'majority', label: '不满意', votes: 15 })
})

test('options of rectification take the colours of their grades', () => {
  const options = SATISFACTION.slice(0, 3)
  expect(toneOf('accepted', options)).toBe('sat')
  expect(toneOf('continue', options)).toBe('dis')
})

test('options of a locality take their colours by place, abstention keeps its own', () => {
  const own = [option('a', '优秀'), option('b', '称职'), option('c', '基本称职'), option('d', '不称职'), option('e', '弃权', 'abstain')]
  expect(own.map((one) => toneOf(one.key, own))).toEqual(['sat', 'bas', 'bas', 'dis', 'abs'])
  expect(SATISFACTION.map((one) => toneOf(one.key, SATISFACTION))).toEqual(['sat', 'bas', 'dis', 'abs'])
})
