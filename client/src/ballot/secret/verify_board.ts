/** The full check of a board, as any outsider can make it. Cut in slices, for 3,000 votes keep a phone busy for tens of seconds. */
import { compare, hex, same } from './bytes'
import { type Board, boardDigest, parseBoard } from './board'
import { castMessage, evaluateBlinded, type Header, type IssuingKey, issuingKey, parseHeader, strictVerify, tokenHolds } from './crypto'

/** What was told to the hall, from screen, minutes and attendance list: never from the board itself. */
export interface AnnouncedResult {
  /** Hex. */
  header_hash: string
  digest: string
  /** Persons who could be given a ballot, or only how many, where the list is not public. */
  attendance: number[] | number
  /** Dimension by dimension, each option; blank votes are the rest of `returned`. */
  counts: number[]
  /** Tokens and paper slips given out. */
  issued: number
  /** Lines and paper slips that came back. */
  returned: number
}

/** The same names as in the server's verifier; `unreadable` is what is no board at all. */
export type Fault =
  | 'unreadable'
  | 'header_hash'
  | 'digest'
  | 'key'
  | 'issuance'
  | 'line_order'
  | 'line_choice'
  | 'line_signature'
  | 'line_token'
  | 'bounds'
  | 'tally'

export type Verdict =
  /** `without_seed`: before the release; what needs the key is still to be checked. */
  | { type: 'sound'; extent: 'whole' | 'without_seed'; counts: number[]; blanks: number[]; issued: number; returned: number }
  /** `at` is the place of the row or line, from 0. */
  | { type: 'fault'; fault: Fault; at?: number }
  | { type: 'cancelled' }

export interface Slices {
  /** After each slice. */
  progress(done: number, total: number): void
  /** Lets others run; false ends the check. */
  next(): Promise<boolean>
}

const SLICE_MS = 40

class Found extends Error {
  constructor(
    readonly fault: Fault,
    readonly at?: number,
  ) {
    super(fault)
  }
}

export async function verifyBoard(text: string, announced: AnnouncedResult, slices: Slices): Promise<Verdict> {
  try {
    const { board, header, key } = frame(text, announced)
    const total = board.issuance.length + board.lines.length
    let sliceEnd = Date.now() + SLICE_MS
    let done = 0
    for (const check of checks(board, header, key, announced)) {
      check()
      done += 1
      if (Date.now() < sliceEnd) continue
      slices.progress(done, total)
      if (!(await slices.next())) return { type: 'cancelled' }
      sliceEnd = Date.now() + SLICE_MS
    }
    const slips = checkAccounts(board, header, announced)
    const sums = count(board, header)
    const issued = board.issuance.length + board.paper.marks.length
    const returned = board.lines.length + slips
    const counts = sums.map((ofOne) => ofOne.slice(1)).flat()
    const agreed = counts.length === announced.counts.length && counts.every((votes, place) => votes === announced.counts[place])
    if (!agreed || issued !== announced.issued || returned !== announced.returned) throw new Found('tally')
    slices.progress(total, total)
    return { type: 'sound', extent: key ? 'whole' : 'without_seed', counts, blanks: sums.map(([blank]) => blank!), issued, returned }
  } catch (error) {
    if (error instanceof Found) return { type: 'fault', fault: error.fault, at: error.at }
    throw error
  }
}

/** What is checked once: header, digest, key. */
function frame(text: string, announced: AnnouncedResult): { board: Board; header: Header; key: IssuingKey | undefined } {
  const { board, header } = attempt('unreadable', () => {
    const read = parseBoard(text)
    return { board: read, header: parseHeader(read.header) }
  })
  if (hex(header.hash) !== announced.header_hash) throw new Found('header_hash')
  const digest = hex(boardDigest(board))
  if (digest !== announced.digest || digest !== board.digest) throw new Found('digest')
  const key = board.seed && issuingKey(board.seed, header)
  if (key && !same(key.publicKey, header.pk)) throw new Found('key')
  return { board, header, key }
}

/** One check a row and a line, in the order of the server's verifier, so that both name the same fault first. */
function* checks({ issuance, lines }: Board, header: Header, key: IssuingKey | undefined, { attendance }: AnnouncedResult): Generator<() => void> {
  const present = presence(attendance)
  const doubled = issuance.findIndex((row, at) => at > 0 && issuance[at - 1]!.person >= row.person)
  if (doubled > 0) throw new Found('issuance', doubled)
  for (const [at, row] of issuance.entries()) {
    yield () => {
      const made = () => key === undefined || same(evaluateBlinded(key, row.blinded), row.evaluated)
      if (!present.has(row.person) || !attempt('issuance', made, at)) throw new Found('issuance', at)
    }
  }
  // Strict order is also uniqueness.
  const outOfOrder = lines.findIndex((line, at) => at > 0 && compare(lines[at - 1]!.votePk, line.votePk) >= 0)
  if (outOfOrder > 0) throw new Found('line_order', outOfOrder)
  for (const [at, line] of lines.entries()) {
    yield () => {
      const fits = line.seq > 0 && line.choices.length === header.dimensions && line.choices.every((choice) => choice <= header.options.length)
      if (!fits) throw new Found('line_choice', at)
      if (!strictVerify(line.sig, castMessage(header.hash, line.seq, line.choices), line.votePk)) throw new Found('line_signature', at)
      if (key && !tokenHolds(key, header.hash, line.votePk, line.token)) throw new Found('line_token', at)
    }
  }
}

/** Nobody on both lists, all of them present, no more back than was given out. Gives the number of paper slips. */
function checkAccounts({ issuance, lines, paper: { marks, counts } }: Board, header: Header, { attendance }: AnnouncedResult): number {
  const present = presence(attendance)
  const withToken = new Set(issuance.map((row) => row.person))
  const marked = marks.every((person, at) => (at === 0 || marks[at - 1]! < person) && present.has(person) && !withToken.has(person))
  const each = header.options.length + 1
  const slips = Array.from({ length: header.dimensions }, (_, dimension) => sum(counts.slice(dimension * each, (dimension + 1) * each)))
  const wellFormed = counts.length === 0 || (counts.length === each * header.dimensions && slips.every((number) => number === slips[0]))
  if (!marked || !wellFormed || lines.length > issuance.length || slips[0]! > marks.length || issuance.length + marks.length > present.size) throw new Found('bounds')
  return slips[0]!
}

/** A list a dimension: blank, then each option. */
function count({ lines, paper }: Board, { options, dimensions }: Header): number[][] {
  const each = options.length + 1
  return Array.from({ length: dimensions }, (_, dimension) => {
    const sums = Array.from({ length: each }, (_, choice) => paper.counts[dimension * each + choice] ?? 0)
    for (const { choices } of lines) sums[choices[dimension]!]! += 1
    return sums
  })
}

/** Whom a list lets in, and how many at the most. */
function presence(attendance: number[] | number): { size: number; has(person: number): boolean } {
  return typeof attendance === 'number' ? { size: attendance, has: () => true } : new Set(attendance)
}

const sum = (numbers: number[]): number => numbers.reduce((all, one) => all + one, 0)

function attempt<T>(fault: Fault, work: () => T, at?: number): T {
  try {
    return work()
  } catch {
    throw new Found(fault, at)
  }
}
