import { expect, test } from 'vitest'
import type { Command, ProfileFault, Reply, RuleFileRead } from '../../../protocol/generated'
import { Draft } from '../draft.svelte'
import { type Adoption, RuleDesk } from './rule_desk.svelte'
import { grouped, satisfaction } from './testing'

/** A desk whose case has adopted the usual rules; the test answers uploads and orders. */
function desk() {
  const asked: ((read: RuleFileRead) => void)[] = []
  const orders: Command[] = []
  const upload = () => new Promise<RuleFileRead>((resolve) => asked.push(resolve))
  const order = async (command: Command): Promise<Reply | undefined> => {
    orders.push(command)
    return { type: 'done' } as Reply
  }
  const draft = new Draft<Adoption>(() => ({ profile: satisfaction(), confirmed: [] }))
  const made = new RuleDesk({ office: { upload } as never, order, ask: (async () => undefined) as never }, draft)
  return { made, asked, orders }
}
const file = (name: string, size = 100) => ({ name, size }) as File
const FAULT: ProfileFault = { line: 7, column: 9, path: 'blank', reason: { code: 'unknown_word', found: 'ignored', known: ['invalid'] } }

test('a faulty file leaves the rules as they are and keeps its mistakes', async () => {
  const { made, asked } = desk()
  const taken = made.take(file('本地.toml'))
  asked[0]!({ read: 'faulty', faults: [FAULT] })
  await taken
  expect(made.outcome).toEqual({ is: 'faulty', faults: [FAULT] })
  expect(made.profile).toEqual(satisfaction())
  expect(made.draft.dirty).toBe(false)
})

test('a sound file is looked at with nothing ticked, and a slower earlier answer does not cover it', async () => {
  const { made, asked } = desk()
  made.tick('groups', true)
  const slow = made.take(file('旧.toml'))
  const quick = made.take(file('新.toml'))
  asked[1]!({ read: 'profile', profile: grouped() })
  await quick
  asked[0]!({ read: 'not_text' })
  await slow
  expect(made.outcome).toEqual({ is: 'read' })
  expect(made.profile).toEqual(grouped())
  expect(made.left).toEqual(grouped().assumed)
})

test('a file that is too large is not sent', async () => {
  const { made, asked } = desk()
  await made.take(file('大.toml', 70_000))
  expect(asked).toEqual([])
  expect(made.outcome).toMatchObject({ is: 'faulty', faults: [{ reason: { code: 'file_too_large' } }] })
})

test('what is adopted are the rules and the ticks', async () => {
  const { made, orders } = desk()
  for (const path of ['groups', 'blank', 'rules']) made.tick(path, true)
  made.tick('rules', false)
  expect(made.left).toEqual(['rules', 'default_grade'])
  expect(await made.adopt()).toBe(true)
  expect(orders).toEqual([{ type: 'profile.adopt/1', body: { profile: satisfaction(), confirmed: ['groups', 'blank'] } }])
})
