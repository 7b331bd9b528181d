import { beforeEach, expect, test, vi } from 'vitest'
import { checkOwn } from '../../../ballot/secret/check'
import { hex } from '../../../ballot/secret/bytes'
import { headerHash } from '../../../ballot/secret/crypto'
import { bytesOf, countedRandom, Hall, newPhone, ROUND, tabOf, worldOf } from '../../../ballot/secret/testing'
import { SecretVoter } from '../../../ballot/secret/voter'
import { sheetOf } from '../../../ballot/sheet'
import { fakeStorage } from '../../../connection/testing'
import type { BallotState, BallotView, MyBallotView } from '../../../protocol/generated'
import { type Checking, SecretRounds } from '../secret.svelte'
import { Voting } from '../voting.svelte'
import { sheetCheck } from './check'
import { Paper } from './paper.svelte'

const ME = 4
const ALL = [1, 2, 3, 4]
const OPTIONS = ['满意', '基本满意', '不满意', '弃权'].map((label) => ({ key: label, label, kind: 'choice' as const }))

let halls: Map<number, Hall>
let phone: ReturnType<typeof newPhone>
let ballots: Map<number, BallotView>
let secret: SecretRounds
let voting: Voting
/** Subjects from which this member is recused. */
let recused: number[]
let paper: Paper

/** A page on the phone: a reload is another of these. */
function open(): void {
  const seeds = tabOf(phone, countedRandom('phone'))
  const world = worldOf({ seeds })
  class Voter extends SecretVoter {
    constructor(round: typeof ROUND) {
      super(round, halls.get(round.ballot)!.callsOf(ME), world)
    }
  }
  secret = new SecretRounds({
    appraisal: ROUND.appraisal,
    bearer: () => 'bearer',
    load: async () => ({
      SecretVoter: Voter,
      callsOf: (round) => halls.get(round.ballot)!.callsOf(ME),
      checkOwn: (round, person, text, announced) => checkOwn(round, person, text, announced, seeds),
      storageWorks: async () => 'both' as const,
    }),
    board: async (ballot) => JSON.stringify(halls.get(ballot)!.board()),
    sleep: () => Promise.resolve(),
  })
  voting = new Voting(ROUND.appraisal, { waiting: [], send: () => Promise.reject(new Error('a secret vote goes by no socket')) }, secret)
  const me = { person: ME, name: '委员', kind: 'member', title: '', group: '', seat: '', attendance: 'present' } as const
  const room = { sheet: (ballot: BallotView) => sheetOf(ballot, (id) => ballots.get(id)), subject: () => undefined, myBallot: my, voting, me }
  paper = new Paper(room, () => ballots.get(1)!)
}

const my = (id: number): MyBallotView => ({
  ballot: id, round: ballots.get(id)!.round, entitled: !recused.includes(id), recorded: false, token_taken: false, recused: recused.includes(id), way: 'phone',
})

function show(state: BallotState, of: readonly number[] = ALL, over: Partial<BallotView> = {}): void {
  for (const id of of) {
    const hall = halls.get(id)!
    ballots.set(id, {
      id, subject: id, sitting: 1, matter: 'appraisal', sheet: ALL, round: hall.round.round, state, display: 'live', options: OPTIONS, secrecy: 'secret', due: 28, present: 27, recused: 0, by_hands: false, detail: 'counts_and_percentages', final_press: false, issued: 0, returned: 0, majority: 15,
      secret: { header: hall.header, header_hash: hex(headerHash(hall.header)) },
      presented_at: 1, opened_at: 0, limit_ends_at: 0, paused_left_ms: 0, closed_at: 0, seals_at: 0, announced_at: 0, voided: [], ...over,
    })
  }
  for (const ballot of ballots.values()) secret.follow(ballot, my(ballot.id), ME)
}

const row = (id: number) => paper.rows.find((one) => one.ballot.id === id)!
const standings = () => paper.rows.map((one) => one.standing)
const until = (holds: () => void) => vi.waitFor(holds, { timeout: 5_000 })

beforeEach(() => {
  // A browser that is able to vote in secret.
  vi.stubGlobal('localStorage', fakeStorage())
  halls = new Map(ALL.map((id) => [id, new Hall({ ...ROUND, ballot: id }, bytesOf(id + 30))]))
  phone = newPhone(undefined)
  ballots = new Map()
  recused = []
  open()
})

test('nothing is chosen beforehand; what is missing is known row by row', async () => {
  show('open')
  await until(() => expect(standings()).toEqual(['choose', 'choose', 'choose', 'choose']))
  expect(paper.rows.map((one) => one.choices)).toEqual([undefined, undefined, undefined, undefined])
  expect(paper.missing).toHaveLength(4)
  paper.choose(ballots.get(2)!, 0, 0)
  paper.choose(ballots.get(2)!, 0, 3)
  expect(paper.missing.map((one) => one.ballot.id)).toEqual([1, 3, 4])
  expect(paper.ready.map(({ ballot, choices }) => [ballot.id, choices])).toEqual([[2, [3]]])
})

test('one press sends the sheet, and nothing of the choices stays on it', async () => {
  show('open')
  await until(() => expect(paper.missing).toHaveLength(4))
  for (const [at, id] of ALL.entries()) paper.choose(ballots.get(id)!, 0, at)
  await paper.submit()
  expect(standings()).toEqual(['recorded', 'recorded', 'recorded', 'recorded'])
  expect(paper.recorded).toBe(4)
  expect(paper.rows.map((one) => one.choices)).toEqual([undefined, undefined, undefined, undefined])
  expect(ALL.map((id) => [...halls.get(id)!.box.values()].map((line) => line.choices))).toEqual([[[1]], [[2]], [[3]], [[4]]])
})

test('what is chosen so far can go first, the rest follows', async () => {
  show('open')
  await until(() => expect(paper.missing).toHaveLength(4))
  paper.choose(ballots.get(3)!, 0, 1)
  await paper.submit()
  expect(standings()).toEqual(['choose', 'choose', 'recorded', 'choose'])
  expect(paper.missing.map((one) => one.ballot.id)).toEqual([1, 2, 4])
})

test('a single row is changed while the others stand', async () => {
  show('open')
  await until(() => expect(paper.missing).toHaveLength(4))
  for (const id of ALL) paper.choose(ballots.get(id)!, 0, 0)
  await paper.submit()
  voting.change(ballots.get(2)!)
  voting.change(ballots.get(4)!)
  expect(standings()).toEqual(['recorded', 'choose', 'recorded', 'choose'])
  // What is being changed is not missing: its vote stands.
  expect(paper.missing).toEqual([])
  paper.keep(ballots.get(4)!)
  paper.choose(ballots.get(2)!, 0, 2)
  await paper.submit()
  expect(standings()).toEqual(['recorded', 'recorded', 'recorded', 'recorded'])
  expect(ALL.map((id) => [...halls.get(id)!.box.values()][0]!.choices)).toEqual([[1], [3], [1], [1]])
})

test('a row with several items is ready when each is marked, and one secret line carries all', async () => {
  const items = [{ key: 'process', label: '办理过程' }, { key: 'result', label: '办理结果' }]
  halls.set(2, new Hall({ ...ROUND, ballot: 2 }, bytesOf(32), 2))
  show('open', [1, 3, 4])
  show('open', [2], { items })
  await until(() => expect(paper.missing).toHaveLength(4))
  for (const id of ALL) paper.choose(ballots.get(id)!, 0, 0)
  expect(paper.missing.map((one) => one.ballot.id)).toEqual([2])
  expect(paper.ready.map(({ ballot }) => ballot.id)).toEqual([1, 3, 4])
  paper.choose(ballots.get(2)!, 1, 3)
  expect(paper.missing).toEqual([])
  await paper.submit()
  expect(standings()).toEqual(['recorded', 'recorded', 'recorded', 'recorded'])
  expect(ALL.map((id) => [...halls.get(id)!.box.values()][0]!.choices)).toEqual([[1], [1, 4], [1], [1]])
  expect(row(2).marks).toEqual([undefined, undefined])
})

test('a row whose round was voided starts anew with nothing chosen; the others stay recorded', async () => {
  show('open')
  await until(() => expect(paper.missing).toHaveLength(4))
  for (const id of ALL) paper.choose(ballots.get(id)!, 0, 0)
  await paper.submit()
  show('sealed', [1, 3, 4])
  const voided = [{ round: 1, cause: 'procedure' as const, note: '对象有误', held: true, at: 1, issued: 1, returned: 1, to_destroy: true }]
  halls.set(2, new Hall({ ...ROUND, ballot: 2, round: 2 }, bytesOf(60)))
  show('prepared', [2], { voided, secret: undefined })
  expect(standings()).toEqual(['sealed', 'voided', 'sealed', 'sealed'])
  expect(paper.recorded).toBe(3)
  show('open', [2], { voided })
  await until(() => expect(row(2).standing).toBe('choose'))
  expect(row(2).choices).toBeUndefined()
  expect(paper.missing.map((one) => one.ballot.id)).toEqual([2])
})

test('a member who is recused from one subject has a full sheet without it', async () => {
  recused = [3]
  show('open')
  await until(() => expect(paper.missing).toHaveLength(3))
  for (const id of [1, 2, 4]) paper.choose(ballots.get(id)!, 0, 0)
  await paper.submit()
  expect([paper.recorded, paper.own.length]).toEqual([3, 3])
  expect(row(3).apart).toBe('recused')
  expect(halls.get(3)!.tokenCalls).toEqual([])
})

test('after the release each box is checked, and the sheet has one word for all', async () => {
  show('open')
  await until(() => expect(paper.missing).toHaveLength(4))
  for (const id of ALL) paper.choose(ballots.get(id)!, 0, 0)
  await paper.submit()
  const announce = () => {
    for (const id of ALL) show('announced', [id], { secret: { ...ballots.get(id)!.secret!, digest: halls.get(id)!.board().digest, board: 'f'.repeat(64) } })
  }
  halls.get(3)!.box.clear()
  announce()
  const checks = () => ALL.map((id) => secret.check(ballots.get(id)!))
  await until(() => expect(checks()).toEqual(['fine', 'fine', 'missing', 'fine']))
  expect(sheetCheck(checks())).toEqual({ type: 'bad', faults: 1 })
})

test('the word for all is the gravest', () => {
  const of = (...checks: (Checking | undefined)[]) => sheetCheck(checks)
  expect(of('fine', 'fine')).toEqual({ type: 'fine', fine: 2, rest: 0 })
  expect(of('fine', 'not_cast', 'no_part')).toEqual({ type: 'fine', fine: 1, rest: 2 })
  expect(of('fine', 'checking', undefined)).toEqual({ type: 'running', done: 1 })
  expect(of('fine', 'unreachable', 'checking')).toEqual({ type: 'unreachable' })
  expect(of('unreachable', 'changed')).toEqual({ type: 'bad', faults: 1 })
  expect(of('not_released', 'not_released')).toEqual({ type: 'not_released' })
  expect(of('checked', 'checked')).toEqual({ type: 'checked' })
  expect(of('not_cast', 'no_part')).toEqual({ type: 'none' })
})
