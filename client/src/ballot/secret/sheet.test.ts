import { IDBFactory } from 'fake-indexeddb'
import { beforeEach, expect, test, vi } from 'vitest'
import { bytesOf, countedRandom, Hall, heldClock, newPhone, type Phone, ROUND, tabOf, worldOf } from './testing'
import { PAUSE_MAX_MS, SHEET_PAUSES_MAX_MS, Turns } from './turns'
import { SecretVoter, type VoterWorld } from './voter'

/** A page on one phone with a voter for each ballot of the sheet. */
interface Sheet {
  voters: SecretVoter[]
  clock: ReturnType<typeof heldClock>
}

let halls: Hall[]
let phone: Phone
/** The ballots' numbers in the order in which their votes reached the server. */
let arrived: number[]

beforeEach(() => {
  phone = newPhone(new IDBFactory())
  gather(4)
})

function gather(ballots: number): void {
  arrived = []
  halls = Array.from({ length: ballots }, (_, at) => new Hall({ ...ROUND, ballot: at + 1 }, bytesOf(at + 20)))
}

function open(name = 'page'): Sheet {
  const clock = heldClock()
  const random = countedRandom(name)
  const seeds = tabOf(phone, random)
  const world: VoterWorld = { random, sleep: clock.sleep, seeds, turns: new Turns({ random, sleep: clock.sleep }) }
  const voters = halls.map((hall) => {
    const calls = hall.callsOf(1)
    return new SecretVoter(hall.round, { ...calls, cast: (body) => (arrived.push(body.ballot), calls.cast(body)) }, world)
  })
  return { voters, clock }
}

const until = (condition: () => boolean) => vi.waitUntil(condition, { interval: 1 })
const inBoxes = () => halls.filter((hall) => hall.box.size === 1).length
const states = ({ voters }: Sheet) => voters.map((voter) => voter.state.type)
const prepared = async (sheet: Sheet) => {
  await Promise.all(sheet.voters.map((voter, at) => voter.prepare(halls[at]!.header)))
}
const chooseAll = async (sheet: Sheet, choice = 1) => {
  await Promise.all(sheet.voters.map((voter) => voter.intend([choice])))
  return Promise.all(sheet.voters.map((voter) => voter.send()))
}
/** Ends the pause that is now; the vote after it is answered when the next pause begins. */
async function letGo({ clock }: Sheet, votes: number): Promise<void> {
  for (let sent = 0; sent < votes; sent += 1) {
    const now = clock.waits.length
    const before = arrived.length
    clock.waits[now - 1]!.end()
    await until(() => arrived.length === before + 1 && (clock.waits.length > now || arrived.length === halls.length))
  }
}

test('each ballot of a sheet has a token and a key of its own, and no two votes share anything', async () => {
  const sheet = open()
  await prepared(sheet)
  const sending = chooseAll(sheet)
  await until(() => sheet.clock.waits.length === 1)
  await letGo(sheet, 4)
  await sending
  expect(states(sheet)).toEqual(['recorded', 'recorded', 'recorded', 'recorded'])
  const lines = halls.map((hall) => hall.castCalls[0]!)
  for (const part of ['vote_pk', 'token', 'seq', 'sig'] as const) expect(new Set(lines.map((line) => line[part])).size).toBe(4)
})

test('votes go one by one, each after a pause, and never two at a time', async () => {
  const sheet = open()
  await prepared(sheet)
  void chooseAll(sheet)
  await until(() => sheet.clock.waits.length === 1)
  expect(arrived).toEqual([])
  await letGo(sheet, 1)
  expect(arrived).toHaveLength(1)
  await letGo(sheet, 2)
  expect(arrived).toHaveLength(3)
  await until(() => states(sheet).filter((state) => state === 'recorded').length === 3)
  expect(states(sheet).filter((state) => state === 'sending')).toHaveLength(1)
})

test('the order is drawn anew by every phone', async () => {
  const orders = new Set<string>()
  const firsts = new Set<number>()
  for (const name of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']) {
    phone = newPhone(new IDBFactory())
    gather(4)
    const sheet = open(name)
    await prepared(sheet)
    const sending = chooseAll(sheet)
    await until(() => sheet.clock.waits.length === 1)
    await letGo(sheet, 4)
    await sending
    orders.add(arrived.join())
    firsts.add(arrived[0]!)
    expect([...arrived].sort()).toEqual([1, 2, 3, 4])
  }
  expect(orders.size).toBeGreaterThan(4)
  expect(firsts.size).toBeGreaterThan(2)
})

test('pauses are bounded, one by one and together, also of a long sheet', async () => {
  for (const ballots of [4, 30]) {
    let asked = 0
    // The longest pauses that can be drawn.
    const most = (bytes: Uint8Array) => bytes.fill(255)
    const turns = new Turns({ random: most, sleep: (ms) => ((asked += ms), expect(ms).toBeLessThanOrEqual(PAUSE_MAX_MS), { over: Promise.resolve(), stop() {} }) })
    const all = Array.from({ length: ballots }, () => turns.wait())
    await Promise.all(all.map((turn) => turn.come.then(() => turn.end())))
    expect(asked).toBeGreaterThan(SHEET_PAUSES_MAX_MS / 2)
    expect(asked).toBeLessThanOrEqual(SHEET_PAUSES_MAX_MS)
  }
})

test('a phone reloaded after two of four still knows what was chosen, and sends the rest', async () => {
  const gone = open()
  await prepared(gone)
  await Promise.all(gone.voters.map((voter, at) => voter.intend([at + 1])))
  for (const voter of gone.voters) void voter.send()
  await until(() => gone.clock.waits.length === 1)
  await letGo(gone, 2)
  for (const voter of gone.voters) voter.stop()
  expect(inBoxes()).toBe(2)

  const again = open('reloaded')
  await Promise.all(again.voters.map((voter) => voter.resume()))
  expect(states(again).filter((state) => state === 'recorded')).toHaveLength(2)
  expect(states(again).filter((state) => state === 'sending')).toHaveLength(2)
  await until(() => again.clock.waits.length === 1)
  await letGo(again, 2)
  await until(() => states(again).every((state) => state === 'recorded'))
  expect(halls.map((hall) => [...hall.box.values()][0]!.choices)).toEqual([[1], [2], [3], [4]])
  expect(halls.map((hall) => hall.tokenCalls.length)).toEqual([1, 1, 1, 1])
})

test('in the closing nothing waits, not even for one another', async () => {
  const sheet = open()
  await prepared(sheet)
  const sending = chooseAll(sheet)
  await until(() => sheet.clock.waits.length === 1)
  for (const voter of sheet.voters) voter.flush()
  await sending
  expect(inBoxes()).toBe(4)
  expect(sheet.clock.waits).toHaveLength(1)
})

test('a vote without an answer holds up none of the others', async () => {
  const sheet = open()
  await prepared(sheet)
  for (const hall of halls) hall.lostAnswers = 1
  void chooseAll(sheet)
  await until(() => sheet.clock.waits.length === 1)
  while (arrived.length < 4) {
    const before = arrived.length
    for (const wait of sheet.clock.waits) if (arrived.length === before) wait.end()
    await until(() => arrived.length > before)
  }
  expect(new Set(arrived).size).toBeGreaterThan(2)
})

test('a row changed while the sheet is on its way is sent once, with the new choice', async () => {
  const sheet = open()
  await prepared(sheet)
  void chooseAll(sheet, 1)
  await until(() => sheet.clock.waits.length === 1)
  await sheet.voters[2]!.intend([3])
  await letGo(sheet, 4)
  await until(() => states(sheet).every((state) => state === 'recorded'))
  expect(halls[2]!.castCalls.map((body) => body.choices)).toEqual([[3]])
})

test('two tabs of one phone make one sheet of votes', async () => {
  const left = open('left')
  const right = open('right')
  await Promise.all([prepared(left), prepared(right)])
  expect(halls.map((hall) => new Set(hall.tokenCalls.map((body) => body.blinded)).size)).toEqual([1, 1, 1, 1])
  const sending = chooseAll(left, 1)
  await until(() => left.clock.waits.length === 1)
  await letGo(left, 4)
  await sending
  arrived = []
  const changing = chooseAll(right, 2)
  await until(() => right.clock.waits.length === 1)
  await letGo(right, 4)
  await changing
  expect(states(right)).toEqual(['recorded', 'recorded', 'recorded', 'recorded'])
  expect(halls.map((hall) => [...hall.box.values()].map((line) => line.choices))).toEqual([[[2]], [[2]], [[2]], [[2]]])
})

test('a sheet with one ballot waits no longer than a ballot alone', async () => {
  gather(1)
  const clock = heldClock()
  const voter = new SecretVoter(halls[0]!.round, halls[0]!.callsOf(1), worldOf({ seeds: tabOf(phone), ...clock }))
  await voter.prepare(halls[0]!.header)
  void voter.cast([1])
  await until(() => clock.waits.length === 1)
  expect(clock.waits[0]!.ms).toBeLessThanOrEqual(PAUSE_MAX_MS)
})
