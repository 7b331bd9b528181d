import { beforeEach, expect, test, vi } from 'vitest'
import { fakeStorage } from '../../connection/testing'
import type { BallotState, BallotView, Command, MyBallotView, Verdict } from '../../protocol/generated'
import { deviceKey, forgetDeviceKey, keepDeviceKey } from '../../session/device'
import { SecretRounds } from './secret.svelte'
import { Voting } from './voting.svelte'

interface Sent {
  command: Command
  id: string | undefined
  answer: (verdict: Verdict) => void
}

const ACCEPTED: Verdict = { type: 'accepted', reply: { type: 'vote_recorded', ballot: 1, round: 1 } }
const CLOSED: Verdict = { type: 'refused', refusal: { code: 'ballot_closed' } }
const ENTITLED: MyBallotView = { ballot: 1, round: 1, entitled: true, recorded: false, token_taken: false, recused: false, way: 'phone' }

let sent: Sent[]
let voting: Voting

beforeEach(async () => {
  vi.stubGlobal('localStorage', fakeStorage())
  keepDeviceKey('a1', await deviceKey())
  sent = []
  voting = new Voting('a1', {
    get waiting() {
      return sent.map((one) => one.command)
    },
    send: (command, _expects, id) =>
      new Promise((resolve) => {
        const one = { command, id, answer: (verdict: Verdict) => ((sent = sent.filter((other) => other !== one)), resolve(verdict)) }
        sent.push(one)
      }),
  }, new SecretRounds({ appraisal: 'a1', bearer: () => undefined, load: () => Promise.reject(new Error('named')), board: () => Promise.reject(new Error('named')), sleep: () => Promise.resolve() }))
})

const OPTIONS = ['满意', '基本满意', '不满意', '弃权'].map((label) => ({ key: label, label, kind: 'choice' as const }))

function ballot(state: BallotState, round = 1): BallotView {
  const voided = round > 1 ? [{ round: 1, cause: 'procedure' as const, note: '述职人有误', held: true, at: 1, issued: 27, returned: 3, to_destroy: false }] : []
  return {
    id: 1, subject: 1, sitting: 1, matter: 'appraisal', round, state, display: 'live', options: OPTIONS, secrecy: 'named', due: 28, present: 27, recused: 0, by_hands: false, detail: 'counts_and_percentages', final_press: false, issued: 27, returned: 0, majority: 15, presented_at: 1,
    opened_at: 0, limit_ends_at: 0, paused_left_ms: 0, closed_at: 0, seals_at: 0, announced_at: 0, voided,
  }
}

const PRESENT = { kind: 'member', attendance: 'present' } as const
const ATTENDEE = { kind: 'attendee', attendance: 'present' } as const

const standing = (state: BallotState, my = ENTITLED) => voting.standing(ballot(state), my, PRESENT)
const whenSent = () => vi.waitFor(() => expect(sent).toHaveLength(1))

test('a member is led from waiting to choosing to the result', () => {
  expect((['prepared', 'presented', 'open', 'paused', 'closing', 'sealed', 'announced'] as const).map((state) => standing(state))).toEqual([
    'before', 'soon', 'choose', 'paused', 'choose', 'sealed', 'announced',
  ])
})

test('who has no vote is told why', () => {
  const without = { ...ENTITLED, entitled: false }
  expect(voting.standing(ballot('open'), without, { kind: 'member', attendance: 'absent' })).toBe('not_checked_in')
  expect(voting.standing(ballot('open'), without, { kind: 'member', attendance: 'left' })).toBe('not_checked_in')
  expect(standing('closing', without)).toBe('too_late')
  expect(voting.standing(ballot('open'), undefined, ATTENDEE)).toBe('attendee')
  expect(voting.standing(ballot('announced'), undefined, ATTENDEE)).toBe('announced')
})

test('“recorded” waits for the receipt, and a second press sends nothing', async () => {
  const first = voting.submit(ballot('open'), [2])
  expect(standing('open')).toBe('sending')
  await voting.submit(ballot('open'), [0])
  await whenSent()
  expect(standing('open')).toBe('sending')
  expect(sent[0]?.command).toMatchObject({ type: 'vote.cast/1', body: { ballot: 1, round: 1, choice: 2 } })
  sent[0]?.answer(ACCEPTED)
  await first
  expect(standing('open')).toBe('recorded')
  expect(voting.recorded(ballot('open'), ENTITLED)).toBe(true)
})

test('nothing on the device tells the choice once it is recorded', async () => {
  const done = voting.submit(ballot('open'), [2])
  await whenSent()
  sent[0]?.answer(ACCEPTED)
  await done
  expect(JSON.stringify(voting)).not.toContain('choice')
  expect(Object.keys(localStorage).join()).not.toContain('vote')
  expect([...Array(localStorage.length).keys()].map((place) => localStorage.key(place))).toEqual(['pingyi.device.a1'])
})

test('a recorded vote can be changed, or kept after all', async () => {
  const recorded = { ...ENTITLED, recorded: true }
  expect(standing('open', recorded)).toBe('recorded')
  voting.change(ballot('open'))
  expect(standing('open', recorded)).toBe('choose')
  voting.keep(ballot('open'))
  expect(standing('open', recorded)).toBe('recorded')
  voting.change(ballot('open'))
  const done = voting.submit(ballot('open'), [0])
  await whenSent()
  sent[0]?.answer(ACCEPTED)
  await done
  expect(standing('open', recorded)).toBe('recorded')
})

test('a refusal leads back to the choices with its reason', async () => {
  const done = voting.submit(ballot('open'), [2])
  await whenSent()
  sent[0]?.answer(CLOSED)
  await done
  expect(standing('open')).toBe('choose')
  expect(voting.failure(ballot('open'))).toEqual({ type: 'refused', refusal: { code: 'ballot_closed' } })
})

test('a voided round is said to be void, and its record does not count for the next', async () => {
  voting.answered({ ballot: 1, round: 1 }, ACCEPTED)
  expect(voting.standing(ballot('prepared', 2), undefined, PRESENT)).toBe('voided')
  expect(voting.standing(ballot('open', 2), { ...ENTITLED, round: 2 }, PRESENT)).toBe('choose')
  // The own stream may still tell of the old round for a moment.
  expect(voting.standing(ballot('open', 2), { ...ENTITLED, recorded: true }, PRESENT)).toBe('soon')
})

test('a vote of the page before its reload shows as being sent, and its receipt counts', () => {
  sent.push({ command: { type: 'vote.cast/1', body: { ballot: 1, round: 1, choice: 1, signature: '00' } }, id: 'x', answer: () => {} })
  expect(standing('open')).toBe('sending')
  sent = []
  voting.answered({ ballot: 1, round: 1 }, ACCEPTED)
  expect(standing('open')).toBe('recorded')
})

test('a phone that lost its key says so instead of sending', async () => {
  forgetDeviceKey('a1')
  await voting.submit(ballot('open'), [1])
  expect(sent).toEqual([])
  expect(voting.failure(ballot('open'))).toEqual({ type: 'no_key' })
})

const ITEMS = [{ key: 'process', label: '办理过程' }, { key: 'result', label: '办理结果' }]

test('several items go in one vote, and not before every item is marked', async () => {
  const open = { ...ballot('open'), items: ITEMS }
  await voting.submit(open, [2])
  await voting.submit(open, [2, 4])
  expect(sent).toEqual([])
  expect(standing('open')).toBe('choose')
  const done = voting.submit(open, [2, 0])
  await whenSent()
  expect(voting.sending({ ballot: 1, round: 1 })).toBe(true)
  expect(sent[0]?.command).toMatchObject({ type: 'vote.cast/2', body: { ballot: 1, round: 1, choices: [2, 0] } })
  sent[0]?.answer(ACCEPTED)
  await done
  expect(voting.standing(open, ENTITLED, PRESENT)).toBe('recorded')
})

test('where the first press counts, a recorded vote is not opened again', () => {
  const final = { ...ballot('open'), final_press: true }
  voting.change(final)
  expect(voting.standing(final, { ...ENTITLED, recorded: true }, PRESENT)).toBe('recorded')
})
