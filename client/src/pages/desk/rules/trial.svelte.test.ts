import { expect, test } from 'vitest'
import type { Profile, RuleTried } from '../../../protocol/generated'
import { presets } from './presets'
import { satisfaction, scored } from './testing'
import { exact, percent, Trial } from './trial.svelte'

const ABOUT = { body: '', meeting: '', subject: '' }

/** A trial whose answers the test gives one by one. */
function trial(profile: Profile) {
  const asked: { body: unknown; answer: (tried: RuleTried) => void }[] = []
  const post = (_: string, body: unknown) => new Promise<RuleTried>((resolve) => asked.push({ body, answer: resolve }))
  const made = new Trial({ office: { post } as never, ask: ((answer: Promise<unknown>) => answer) as never })
  made.fit(profile)
  return { made, asked }
}
const FAULTY: RuleTried = { outcome: 'faulty', faults: [] }

test('a preset fills every item, and what has no option of its own goes to the last', () => {
  const profile = scored()
  const { made } = trial(profile)
  expect(made.figures?.groups).toEqual([{ roster: 28, present: 28, issued: 28, returned: 28, invalid: 0, blank: 0, votes: [[20, 7, 1, 0], [20, 7, 1, 0]] }])
  const two = { ...satisfaction(), options: satisfaction().options.slice(0, 2) }
  made.fill(two, { people: 28, votes: [20, 7, 1] })
  expect(made.figures?.groups[0]?.votes).toEqual([[20, 8]])
})

test('the surplus preset returns one paper more than was issued, and its votes add up', () => {
  const { made } = trial(satisfaction())
  made.fill(satisfaction(), presets(satisfaction()).find((one) => one.kind === 'surplus')!)
  const group = made.figures!.groups[0]!
  expect([group.issued, group.returned, group.votes[0]!.reduce((sum, one) => sum + one, 0)]).toEqual([28, 29, 29])
})

test('nothing is sent while a field is no number', async () => {
  const { made, asked } = trial(satisfaction())
  made.groups[0]!.votes[0]![0] = '二十'
  expect(made.figures).toBeUndefined()
  await made.run(satisfaction(), ABOUT)
  expect(asked).toEqual([])
  made.groups[0]!.votes[0]![0] = '２０'
  expect(made.figures?.groups[0]?.votes[0]?.[0]).toBe(20)
})

test('an answer about figures that changed meanwhile is dropped', async () => {
  const { made, asked } = trial(satisfaction())
  const run = made.run(satisfaction(), ABOUT)
  made.groups[0]!.blank = '1'
  asked[0]!.answer(FAULTY)
  await run
  expect(made.tried).toBeUndefined()
  const again = made.run(satisfaction(), ABOUT)
  asked[1]!.answer(FAULTY)
  await again
  expect(made.tried).toEqual(FAULTY)
})

test('rules of another shape get fields of their own; the same rules keep what was typed', () => {
  const { made } = trial(satisfaction())
  made.groups[0]!.votes[0]![0] = '3'
  made.fit(satisfaction())
  expect(made.figures?.groups[0]?.votes[0]?.[0]).toBe(3)
  made.fit(scored())
  expect(made.figures?.groups[0]?.votes).toHaveLength(2)
})

test('an exact fraction is shown as a decimal where that is exact', () => {
  expect(['14', '27/2', '56/3'].map(exact)).toEqual(['14', '13.5', '56/3 ≈ 18.67'])
  expect(['5/7', '2/3', '1'].map(percent)).toEqual(['71.43%', '66.67%', '100%'])
})
