import { expect, test } from 'vitest'
import type { Actor, BallotResult, PaperCount, PaperEntry } from '../protocol/generated'
import { failing } from './accounts'
import { counted, counting, differences, emptyDraft, figure, figuresOf, withoutPaper } from './paper'

const count = (votes: number[], over: Partial<PaperCount> = {}): PaperCount => ({ returned: votes.reduce((all, one) => all + one, 0), blank: 0, invalid: 0, votes: [votes], ...over })
const entry = (by: Actor, of: PaperCount): PaperEntry => ({ by, count: of })
const ONE = { rows: 1, options: 3 }
const CLERK: Actor = { role: 'desk', account: 1 }
const OTHER: Actor = { role: 'person', person: 3 }

test('the board holds what is left of a result without its paper', () => {
  const counts = [22, 3, 1].map((votes, place) => ({ key: `${place}`, label: '', votes, percent: '' }))
  const result = { counts, returned: 28, paper: count([2, 1, 0], { returned: 5, blank: 1, invalid: 1 }) } as BallotResult
  expect(withoutPaper(result)).toEqual({ counts: [20, 2, 1], returned: 23 })
  expect(withoutPaper({ ...result, paper: undefined } as BallotResult)).toEqual({ counts: [22, 3, 1], returned: 28 })
  expect(withoutPaper({ ...result, returned: 4 }).returned, 'no board has less than nothing').toBe(-1)
})

test('a pile is counted when every figure is filled in and they add up to it', () => {
  const draft = { votes: [['3', '1', '0']], blank: '0', invalid: '1' }
  expect(counted(draft, '5')).toEqual({ type: 'count', count: { returned: 5, blank: 0, invalid: 1, votes: [[3, 1, 0]] } })
  expect(counted(draft, '6')).toEqual({ type: 'differs', sum: 5, returned: 6 })
  expect(counted({ ...draft, blank: '' }, '5')).toEqual({ type: 'unfinished' })
  expect(counted({ ...draft, blank: '-1' }, '4')).toEqual({ type: 'unfinished' })
  expect(counted({ ...draft, invalid: '1.0' }, '5')).toEqual({ type: 'unfinished' })
  expect(counted(emptyDraft(ONE), '0')).toEqual({ type: 'unfinished' })
})

test('two who counted alike agree; the figures in which they differ are named', () => {
  const first = entry(CLERK, count([3, 1, 0]))
  expect(counting([], ONE)).toBe('nobody')
  expect(counting([first], ONE)).toBe('one')
  expect(counting([first, entry(OTHER, count([3, 1, 0]))], ONE)).toBe('agreed')
  const other = entry(OTHER, count([2, 1, 0], { returned: 4, invalid: 1 }))
  expect(counting([first, other], ONE)).toBe('differ')
  expect(differences([first, other], ONE)).toEqual([{ row: 0, option: 0 }, 'invalid'])
  expect(figuresOf(ONE).map((one) => figure(other.count, one))).toEqual([2, 1, 0, 0, 1, 4])
})

test('each item of a paper adds up by itself', () => {
  const draft = { votes: [['3', '1'], ['2', '2']], blank: '1', invalid: '0' }
  expect(counted(draft, '5')).toMatchObject({ type: 'count', count: { votes: [[3, 1], [2, 2]] } })
  expect(counted({ ...draft, votes: [['3', '1'], ['2', '1']] }, '5')).toEqual({ type: 'differs', sum: 4, returned: 5 })
  const result = { counts: [9, 9, 9, 9].map((votes) => ({ votes })), returned: 18, paper: { returned: 5, blank: 1, invalid: 0, votes: [[3, 1], [2, 2]] } } as unknown as BallotResult
  expect(withoutPaper(result)).toEqual({ counts: [6, 8, 7, 7], returned: 13 })
})

test('a third who counts otherwise breaks the agreement of two', () => {
  const alike = [entry(CLERK, count([3, 1, 0])), entry(OTHER, count([3, 1, 0]))]
  expect(counting([...alike, entry({ role: 'desk', account: 2 }, count([4, 0, 0]))], ONE)).toBe('differ')
})

test('the first failing account is named as the server names it', () => {
  const counts = [3, 1].map((votes, place) => ({ key: `${place}`, label: '', votes, percent: '' }))
  const sound = { due: 9, present: 6, issued: 6, returned: 5, valid: 4, invalid: 1, counts } as BallotResult
  expect(failing(sound)).toBeUndefined()
  expect(failing({ ...sound, returned: 7 })).toBe('returned <= issued')
  expect(failing({ ...sound, issued: 7, present: 6 })).toBe('issued <= present')
  expect(failing({ ...sound, due: 5 })).toBe('due >= present')
  expect(failing({ ...sound, invalid: 0 })).toBe('valid + invalid = returned')
  expect(failing({ ...sound, valid: 5, invalid: 0 })).toBe('options = valid')
  const items = [...counts, ...[2, 2].map((votes, place) => ({ key: `${place}`, label: '', votes, percent: '' }))]
  expect(failing({ ...sound, counts: items }), 'item by item').toBeUndefined()
  expect(failing({ ...sound, counts: items.slice(0, 3) })).toBe('options = valid')
})
