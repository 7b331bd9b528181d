import { beforeEach, expect, test, vi } from 'vitest'
import { checkOwn } from '../../ballot/secret/check'
import { headerHash } from '../../ballot/secret/crypto'
import { hex } from '../../ballot/secret/bytes'
import { countedRandom, Hall, newPhone, ROUND, tabOf, worldOf, type WrittenBoard } from '../../ballot/secret/testing'
import { SecretVoter } from '../../ballot/secret/voter'
import { fakeStorage } from '../../connection/testing'
import type { BallotState, BallotView, MyBallotView } from '../../protocol/generated'
import type { Device } from './apart'
import { SecretRounds } from './secret.svelte'
import { Voting } from './voting.svelte'

const ME = 4
const PRESENT = { kind: 'member', attendance: 'present' } as const
const ENTITLED: MyBallotView = { ballot: 3, round: 1, entitled: true, recorded: false, token_taken: false, recused: false, way: 'phone' }
const OPTIONS = ['满意', '基本满意', '不满意', '弃权'].map((label) => ({ key: label, label, kind: 'choice' as const }))

let hall: Hall
let phone: ReturnType<typeof newPhone>
let rounds: SecretRounds
let voting: Voting
let board: WrittenBoard | undefined

/** A page on the phone: a reload is another of these. */
function open(name = 'phone', device: Device = 'phone'): void {
  const seeds = tabOf(phone, countedRandom(name))
  class Voter extends SecretVoter {
    constructor(round: typeof ROUND) {
      super(round, hall.callsOf(ME), worldOf({ seeds }))
    }
  }
  rounds = new SecretRounds({
    appraisal: ROUND.appraisal,
    device,
    bearer: () => 'bearer',
    load: async () => ({
      SecretVoter: Voter,
      callsOf: () => hall.callsOf(ME),
      checkOwn: (round, person, text, announced) => checkOwn(round, person, text, announced, seeds),
      storageWorks: async () => 'both' as const,
    }),
    board: async () => JSON.stringify(board),
    sleep: () => Promise.resolve(),
  })
  voting = new Voting(ROUND.appraisal, { waiting: [], send: () => Promise.reject(new Error('a secret vote goes by no socket')) }, rounds)
}

function ballot(state: BallotState, over: Partial<BallotView> = {}): BallotView {
  return {
    id: 3, subject: 1, sitting: 1, matter: 'appraisal', round: 1, state, display: 'live', options: OPTIONS, secrecy: 'secret', due: 28, present: 27, recused: 0, by_hands: false, detail: 'counts_and_percentages', final_press: false, issued: 0, returned: 0, majority: 15,
    secret: { header: hall.header, header_hash: hex(headerHash(hall.header)) },
    presented_at: 1, opened_at: 0, limit_ends_at: 0, paused_left_ms: 0, closed_at: 0, seals_at: 0, announced_at: 0, voided: [], ...over,
  }
}

function announced(): BallotView {
  board = hall.board()
  return ballot('announced', { secret: { ...ballot('announced').secret!, digest: board.digest, board: 'f'.repeat(64) } })
}

const standing = (state: BallotState) => voting.standing(ballot(state), ENTITLED, PRESENT)
const see = (seen: BallotView, my = ENTITLED) => rounds.follow(seen, my, ME)
const ready = () => vi.waitFor(() => expect(rounds.state(ballot('open'))?.type).toBe('ready'))

beforeEach(() => {
  // A browser that is able to vote in secret.
  vi.stubGlobal('localStorage', fakeStorage())
  hall = new Hall()
  phone = newPhone(undefined)
  board = undefined
  open()
})

test('the token comes with the ballot, without a touch, and once', async () => {
  see(ballot('presented'))
  expect(standing('presented')).toBe('soon')
  expect(standing('open')).toBe('taking')
  await ready()
  see(ballot('open'))
  see(ballot('open', { returned: 3 }))
  expect(standing('open')).toBe('choose')
  expect(hall.tokenCalls).toHaveLength(1)
})

test('who is not entitled takes no token', async () => {
  see(ballot('open'), { ...ENTITLED, entitled: false })
  see(ballot('open'), { ...ENTITLED, round: 2 })
  await new Promise((done) => setTimeout(done))
  expect(hall.tokenCalls).toEqual([])
  expect(rounds.state(ballot('open'))).toBeUndefined()
})

test('recorded after the receipt, changed, and found in the released box', async () => {
  see(ballot('open'))
  await ready()
  await voting.submit(ballot('open'), [2])
  expect(standing('open')).toBe('recorded')
  voting.change(ballot('open'))
  expect(standing('open')).toBe('choose')
  await voting.submit(ballot('open'), [0])
  expect(standing('open')).toBe('recorded')
  expect([...hall.box.values()].map((line) => line.choices)).toEqual([[1]])

  open()
  see(announced())
  await vi.waitFor(() => expect(rounds.check(ballot('announced'))).toBe('fine'))
  expect(Object.keys(phone.local!).filter((key) => key.includes('seed'))).toEqual([])
})

test('a vote that the box does not show is an alarm', async () => {
  see(ballot('open'))
  await ready()
  await voting.submit(ballot('open'), [2])
  hall.box.clear()
  see(announced())
  await vi.waitFor(() => expect(rounds.check(ballot('announced'))).toBe('missing'))
})

test('a vote that came into a pause is sent again at the resumption', async () => {
  see(ballot('open'))
  await ready()
  hall.state = 'paused'
  see(ballot('paused'))
  await voting.submit(ballot('open'), [1])
  expect(standing('paused')).toBe('paused')
  expect(hall.box.size).toBe(0)
  hall.state = 'open'
  see(ballot('open'))
  await vi.waitFor(() => expect(standing('open')).toBe('recorded'))
  expect(hall.box.size).toBe(1)
})

test('a token in my name that this phone does not hold is said at once', async () => {
  see(ballot('presented'))
  await ready()
  phone = newPhone(undefined)
  open('another phone')
  see(ballot('presented'), { ...ENTITLED, token_taken: true })
  await vi.waitFor(() => expect(standing('presented')).toBe('lost_token'))
})

test('a voided round leaves no trace on the phone', async () => {
  see(ballot('open'))
  await ready()
  await voting.submit(ballot('open'), [1])
  expect(phone.local!.length).toBeGreaterThan(0)
  const voided = [{ round: 1, cause: 'procedure' as const, note: '误操作', held: true, at: 1, issued: 1, returned: 1, to_destroy: true }]
  see(ballot('prepared', { round: 2, voided, secret: undefined }), { ...ENTITLED, round: 2 })
  await vi.waitFor(() => expect(phone.local!.length).toBe(0))
})

test('a phone whose member votes at the tablet takes no token', async () => {
  const my = { ...ENTITLED, way: 'booth' as const }
  see(ballot('presented'), my)
  see(ballot('open'), my)
  await vi.waitFor(() => expect(rounds.state(ballot('open'))).toEqual({ type: 'idle' }))
  expect(hall.issued.size).toBe(0)
  expect(voting.standing(ballot('open'), my, PRESENT)).toBe('booth')
})

test('a token that is on the phone already is used there, whatever the desk marks afterwards', async () => {
  see(ballot('open'))
  await ready()
  const my = { ...ENTITLED, way: 'booth' as const }
  see(ballot('open'), my)
  expect(voting.standing(ballot('open'), my, PRESENT)).toBe('choose')
})

test('a phone whose member votes on paper or is recused does nothing at all', () => {
  for (const my of [{ ...ENTITLED, way: 'paper' as const }, { ...ENTITLED, entitled: false, recused: true }]) {
    see(ballot('open'), my)
    expect(rounds.state(ballot('open'))).toBeUndefined()
  }
  expect(voting.standing(ballot('open'), { ...ENTITLED, entitled: false, recused: true }, PRESENT)).toBe('recused')
  expect(voting.standing(ballot('open'), { ...ENTITLED, way: 'paper' }, PRESENT)).toBe('paper')
})

test('the hall’s tablet takes the token only with the vote, and keeps nothing of it', async () => {
  open('tablet', 'booth')
  const my = { ...ENTITLED, way: 'booth' as const }
  see(ballot('open'), my)
  await vi.waitFor(() => expect(rounds.state(ballot('open'))).toEqual({ type: 'idle' }))
  expect(voting.standing(ballot('open'), my, PRESENT)).toBe('choose')
  expect(hall.issued.size, 'whoever walks away has taken nothing').toBe(0)
  await voting.submit(ballot('open'), [1])
  expect(voting.standing(ballot('open'), my, PRESENT)).toBe('recorded')
  expect(hall.board().lines.map((line) => line.choices)).toEqual([[2]])
  await rounds.forgetAll()
  expect(phone.local!.length).toBe(0)
})

test('a tablet that is restarted after the token was taken still votes with it', async () => {
  open('tablet', 'booth')
  see(ballot('open'))
  hall.lostAnswers = 1
  await voting.submit(ballot('open'), [1])
  rounds.stop()
  open('tablet', 'booth')
  see(ballot('open'))
  await vi.waitFor(() => expect(rounds.recorded(ballot('open'))).toBe(true))
  expect(hall.issued.size).toBe(1)
  expect(hall.board().lines).toHaveLength(1)
})
