import { IDBFactory } from 'fake-indexeddb'
import { beforeEach, expect, test } from 'vitest'
import type { BallotResult } from '../../protocol/generated'
import { withoutPaper } from '../paper'
import { b64, compare, hex, unb64 } from './bytes'
import { boardDigest, parseBoard } from './board'
import { checkOwn } from './check'
import { parseHeader, signCast, voterKeys } from './crypto'
import type { Seeds } from './seed'
import { bytesOf, countedRandom, Hall, newPhone, type Phone, ROUND, sealed, tabOf, worldOf, type WrittenBoard } from './testing'
import { type AnnouncedResult, type Fault, verifyBoard } from './verify_board'
import { SecretVoter } from './voter'

let hall: Hall
let phones: Phone[]
let tabs: Seeds[]
const CHOICES = [1, 1, 2, 3, 0]

/** Persons 1 to 5 vote, 6 takes a token only, 7 to 9 vote on paper. */
beforeEach(async () => {
  hall = new Hall()
  phones = [...CHOICES, 0].map(() => newPhone(new IDBFactory()))
  tabs = phones.map((phone, at) => tabOf(phone, countedRandom(`person ${at + 1}`)))
  for (const [at, seeds] of tabs.entries()) {
    const one = new SecretVoter(ROUND, hall.callsOf(at + 1), worldOf({ seeds, random: countedRandom(`voter ${at}`) }))
    await one.prepare(hall.header)
    const choice = CHOICES[at]
    if (choice !== undefined) await one.cast([choice])
  }
  hall.paper = { marks: [7, 8, 9], counts: [1, 0, 0, 0, 2] }
})

const quick = { progress() {}, next: async () => true }
const copy = (board: WrittenBoard) => structuredClone(board)
const own = (person: number, board: WrittenBoard, announced: AnnouncedResult = hall.announced(board)) =>
  checkOwn(ROUND, person, JSON.stringify(board), announced, tabs[person - 1]!)
const isLineOf = (person: number) => {
  const token = tabs[person - 1]!
  return token.kept(ROUND).then((seed) => b64(voterKeys(seed!, parseHeader(hall.header)).votePk))
}

test('a true board is sound, and the sums are those of lines and paper', async () => {
  const board = hall.board()
  expect(await verifyBoard(JSON.stringify(board), hall.announced(board), quick)).toEqual({
    type: 'sound',
    extent: 'whole',
    counts: [2, 1, 1, 2],
    blanks: [2],
    issued: 9,
    returned: 8,
  })
})

test('paper that was counted outside leaves its marks on the board, and no counts', async () => {
  hall.paper = { marks: [7, 8, 9], counts: [] }
  const board = hall.board()
  const counts = [2, 1, 1, 0].map((votes, place) => ({ key: `${place}`, label: '', votes: votes + (place === 0 ? 2 : 0), percent: '' }))
  const result = { present: 9, issued: 9, returned: 8, valid: 6, invalid: 2, counts, paper: { returned: 3, blank: 0, invalid: 1, votes: [[2, 0, 0, 0]] } }
  const told = { ...hall.announced(board), issued: result.issued, ...withoutPaper(result as unknown as BallotResult) }
  expect(await verifyBoard(JSON.stringify(board), told, quick)).toMatchObject({ type: 'sound', extent: 'whole', counts: [2, 1, 1, 0], issued: 9, returned: 5 })
  expect(await verifyBoard(JSON.stringify(board), { ...told, returned: 8 }, quick), 'with the paper').toMatchObject({ fault: 'tally' })
  board.paper.marks = [7, 8]
  const forged = sealed(board)
  expect(await verifyBoard(JSON.stringify(forged), { ...told, digest: forged.digest }, quick), 'a paper nobody has').toMatchObject({ fault: 'tally' })
})

test('before the release all but the key is checked', async () => {
  const board = hall.board('without_seed')
  expect(await verifyBoard(JSON.stringify(board), hall.announced(board), quick)).toMatchObject({ type: 'sound', extent: 'without_seed' })
})

/** Each change made by someone who can also compute a new digest and have it announced. */
const FORGERIES: [Fault, string, (board: WrittenBoard) => void, ((told: AnnouncedResult) => void)?][] = [
  ['header_hash', 'another header', (board) => void (board.header = board.header.replace('局长', '局長'))],
  ['key', 'the seed of another key', (board) => void (board.seed = b64(bytesOf(8)))],
  ['issuance', 'a row of another element', (board) => void (board.issuance[2]!.blinded = board.issuance[3]!.blinded)],
  ['issuance', 'a row that is no element', (board) => void (board.issuance[2]!.blinded = b64(bytesOf(255)))],
  ['issuance', 'a doubled row', (board) => void board.issuance.splice(1, 0, board.issuance[1]!)],
  ['issuance', 'a row for someone who was absent', (board) => void (board.issuance[5]!.person = 77)],
  ['issuance', 'rows out of order', (board) => void board.issuance.reverse()],
  ['line_order', 'a doubled line', (board) => void board.lines.splice(1, 0, board.lines[1]!)],
  ['line_order', 'lines out of order', (board) => void board.lines.reverse()],
  ['line_choice', 'a choice that is not on the ballot', (board) => void (board.lines[0]!.choices = [5])],
  ['line_choice', 'two choices', (board) => void (board.lines[0]!.choices = [1, 1])],
  ['line_signature', 'a changed choice', (board) => void (board.lines[0]!.choices = [4])],
  ['line_signature', 'a changed number', (board) => void (board.lines[0]!.seq += 1)],
  ['line_token', 'a line without a right token', (board) => stuff(board)],
  ['bounds', 'a removed row', (board) => void board.issuance.splice(0, 2)],
  ['bounds', 'more paper back than given out', (board) => void (board.paper.counts = [0, 4, 0, 0, 0])],
  ['bounds', 'a person with token and paper', (board) => void (board.paper.marks = [6, 8, 9])],
  ['bounds', 'a person twice on the list of paper', (board) => void (board.paper.marks = [7, 7, 9])],
  ['bounds', 'paper for someone who was absent', (board) => void (board.paper.marks = [7, 8, 77])],
  ['bounds', 'paper sums of another ballot', (board) => void (board.paper.counts = [1, 2])],
  ['tally', 'another announced sum', () => {}, (told) => void (told.counts[0]! += 1)],
  ['tally', 'another number given out', () => {}, (told) => void (told.issued += 1)],
  ['tally', 'a removed line', (board) => void board.lines.pop()],
  ['tally', 'a changed paper sum', (board) => void (board.paper.counts = [1, 2, 0, 0, 0])],
]

/** Someone who signs well and has no token. */
function stuff(board: WrittenBoard): void {
  const header = parseHeader(hall.header)
  const keys = voterKeys(bytesOf(42), header)
  const line = { vote_pk: b64(keys.votePk), token: board.lines[0]!.token, seq: 1, choices: [1], sig: b64(signCast(header, keys, 1, [1])) }
  board.lines = [...board.lines, line].sort((a, b) => compare(unb64(a.vote_pk, 32), unb64(b.vote_pk, 32)))
}

test.each(FORGERIES)('%s: %s', async (fault, _what, forge, misannounce = () => {}) => {
  const announced = hall.announced(hall.board())
  const board = copy(hall.board())
  forge(board)
  const forged = sealed(board)
  misannounce(announced)
  const verdict = await verifyBoard(JSON.stringify(forged), { ...announced, digest: forged.digest }, quick)
  expect(verdict).toMatchObject({ type: 'fault', fault })
})

test('any change at all is found by the digest that was announced', async () => {
  const announced = hall.announced(hall.board())
  for (const [fault, , forge] of FORGERIES) {
    const board = copy(hall.board())
    forge(board)
    const forged = sealed(board)
    if (fault === 'header_hash' || fault === 'key' || forged.digest === announced.digest) continue
    expect(await verifyBoard(JSON.stringify(forged), announced, quick)).toEqual({ type: 'fault', fault: 'digest', at: undefined })
  }
  const lying = { ...copy(hall.board()), digest: hex(bytesOf(1)) }
  expect(await verifyBoard(JSON.stringify(lying), announced, quick)).toMatchObject({ fault: 'digest' })
})

test('what is no board is said to be unreadable', async () => {
  const announced = hall.announced(hall.board())
  const short = copy(hall.board())
  short.lines[0]!.token = short.lines[0]!.token.slice(4)
  for (const text of ['', '{}', '[]', 'null', JSON.stringify(short), JSON.stringify({ ...hall.board(), lines: {} })]) {
    expect(await verifyBoard(text, announced, quick)).toMatchObject({ type: 'fault', fault: 'unreadable' })
  }
})

test('the digest is over every part in its place', () => {
  const board = parseBoard(JSON.stringify(hall.board()))
  expect(hex(boardDigest({ ...board, paper: { marks: board.paper.counts, counts: board.paper.marks } }))).not.toBe(board.digest)
  expect(hex(boardDigest({ ...board, seed: undefined }))).toBe(board.digest)
})

test('the check tells its progress and ends when it is told to', async () => {
  const board = hall.board()
  let now = 0
  const clock = Date.now
  // Every check takes longer than a slice.
  Date.now = () => (now += 1000)
  try {
    const seen: [number, number][] = []
    const steps = { progress: (done: number, total: number) => void seen.push([done, total]), next: async () => seen.length < 3 }
    expect(await verifyBoard(JSON.stringify(board), hall.announced(board), steps)).toEqual({ type: 'cancelled' })
    expect(seen).toEqual([[1, 11], [2, 11], [3, 11]])
  } finally {
    Date.now = clock
  }
})

test('every phone finds its own line, and forgets what could tell of it', async () => {
  const board = hall.board()
  for (const person of [1, 2, 3, 4, 5]) expect(await own(person, board)).toBe('fine')
  expect(await own(6, board)).toBe('not_cast')
  for (const phone of phones) {
    expect(phone.local!.length).toBe(1)
    expect(phone.local!.getItem(phone.local!.key(0)!)).toBe('{"v":1,"checked":true}')
  }
  expect(await own(1, board)).toBe('checked')
  expect(await new SecretVoter(ROUND, hall.callsOf(1), { seeds: tabs[0]! }).resume()).toEqual({ type: 'checked' })
})

test('nothing is deleted before the release or on an alarm', async () => {
  expect(await own(1, hall.board('without_seed'))).toBe('not_released')
  const mine = await isLineOf(1)
  const board = copy(hall.board())
  board.lines = board.lines.filter((line) => line.vote_pk !== mine)
  expect(await own(1, sealed(board))).toBe('missing')
  expect(await own(1, hall.board())).toBe('fine')
})

test('an earlier vote put back in place of the last is found', async () => {
  const mine = await isLineOf(1)
  const before = copy(hall.board()).lines.find((line) => line.vote_pk === mine)!
  const again = new SecretVoter(ROUND, hall.callsOf(1), worldOf({ seeds: tabs[0]!, random: countedRandom('again') }))
  await again.resume()
  await again.cast([4])
  const board = copy(hall.board())
  board.lines = board.lines.map((line) => (line.vote_pk === mine ? before : line))
  expect(await own(1, sealed(board))).toBe('changed')
  expect(await own(1, hall.board())).toBe('fine')
})

test('a vote recorded while its answer was lost is found all the same', async () => {
  const one = new SecretVoter(ROUND, { ...hall.callsOf(6), cast: async (body) => (hall.cast(body), hall.cast({ ...body, seq: 0 })) }, worldOf({ seeds: tabs[5]! }))
  await one.resume()
  hall.state = 'open'
  await one.cast([3])
  expect(one.state).toMatchObject({ type: 'refused' })
  expect(await own(6, hall.board())).toBe('fine')
})

test('each kind of wrong board has its name on the phone too', async () => {
  const announced = hall.announced(hall.board())
  const check = (forge: (board: WrittenBoard) => void) => {
    const board = copy(hall.board())
    forge(board)
    const forged = sealed(board)
    return own(1, forged, { ...announced, digest: forged.digest })
  }
  const mine = await isLineOf(1)
  const line = (board: WrittenBoard) => board.lines.find(({ vote_pk }) => vote_pk === mine)!
  expect(await check((board) => (line(board).choices = [4]))).toBe('changed')
  expect(await check((board) => (line(board).token = board.lines.find(({ vote_pk }) => vote_pk !== mine)!.token))).toBe('changed')
  expect(await check((board) => board.issuance.shift())).toBe('wrong_issuance')
  expect(await check((board) => (board.issuance[0]!.evaluated = board.issuance[1]!.evaluated))).toBe('wrong_issuance')
  expect(await check((board) => (board.issuance[0]!.blinded = board.issuance[1]!.blinded))).toBe('lost_token')
  expect(await check((board) => (board.seed = b64(bytesOf(8))))).toBe('wrong_key')
  expect(await check((board) => (board.header = board.header.replace('局长', '局長')))).toBe('wrong_header')
  expect(await own(1, sealed({ ...hall.board(), lines: hall.board().lines.slice(1) }), announced)).toBe('wrong_digest')
  expect(await checkOwn(ROUND, 1, 'no board', announced, tabs[0]!)).toBe('unreadable')
})

test('a member without a token here is told whether one stands in their name', async () => {
  const board = hall.board()
  const empty = tabOf(newPhone(new IDBFactory()))
  expect(await checkOwn(ROUND, 1, JSON.stringify(board), hall.announced(board), empty)).toBe('lost_token')
  expect(await checkOwn(ROUND, 7, JSON.stringify(board), hall.announced(board), empty)).toBe('no_part')
})
