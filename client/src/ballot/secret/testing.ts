/** The server's side of a secret ballot, for tests: issuer, box and board, from the formulas alone. */
import { ed25519, ristretto255_oprf } from '@noble/curves/ed25519.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { fakeStorage } from '../../connection/testing'
import { b64, compare, hex, unb64, utf8 } from './bytes'
import { boardDigest, parseBoard } from './board'
import type { Answer, Calls, CastBody, TokenBody } from './calls'
import type { AnnouncedResult } from './verify_board'
import { castMessage, headerHash, type Issued, keyInfo, receiptMessage, strictVerify, tokenHolds } from './crypto'
import { Places } from './places'
import type { Round } from './round'
import { Seeds, type SeedWorld } from './seed'
import { Turns } from './turns'
import type { VoterWorld } from './voter'

export const ROUND: Round = { appraisal: '0196a5d0-7c1e-7000-8000-00000000c0de', ballot: 3, round: 1 }
const OPTIONS = ['satisfied', 'basically_satisfied', 'unsatisfied', 'abstain']

export const bytesOf = (value: number, length = 32): Uint8Array => new Uint8Array(length).fill(value)

/** Bytes that differ from call to call and are the same in every run. */
export function countedRandom(name = 'random'): (bytes: Uint8Array) => Uint8Array {
  let calls = 0
  return (bytes) => {
    calls += 1
    bytes.set(sha256(utf8(`${name} ${calls}`)).subarray(0, bytes.length))
    return bytes
  }
}

export interface WrittenBoard {
  v: 1
  header: string
  issuance: { person: number; blinded: string; evaluated: string }[]
  paper: { marks: number[]; counts: number[] }
  lines: { vote_pk: string; token: string; seq: number; choices: number[]; sig: string }[]
  digest: string
  seed: string | null
}

/** One round in the hall. A member's calls come by `callsOf(person)`. */
export class Hall {
  readonly key: { secretKey: Uint8Array; publicKey: Uint8Array }
  readonly receiptSk = bytesOf(9)
  readonly header: string
  readonly issued = new Map<number, { blinded: string; evaluated: string }>()
  readonly box = new Map<string, CastBody>()
  /** Every body that reached the server, in order. */
  readonly tokenCalls: TokenBody[] = []
  readonly castCalls: CastBody[] = []
  state: 'open' | 'paused' | 'closed' = 'open'
  /** Answers with this many calls lost after they were carried out. */
  lostAnswers = 0
  paper: { marks: number[]; counts: number[] } = { marks: [], counts: [] }

  constructor(
    readonly round: Round = ROUND,
    readonly seed: Uint8Array = bytesOf(7),
    dimensions = 1,
  ) {
    this.key = ristretto255_oprf.voprf.deriveKeyPair(seed, keyInfo(round))
    const { appraisal, ballot, round: number } = round
    const keys = { pk: b64(this.key.publicKey), receipt_pk: b64(ed25519.getPublicKey(this.receiptSk)) }
    const head = { v: 1, scheme: 'voprf-ristretto255-sha512', appraisal, ballot, round: number }
    this.header = JSON.stringify({ ...head, subject: '区教育局 局长', options: OPTIONS, dimensions, ...keys })
  }

  callsOf(person: number): Calls {
    return {
      token: async (body) => this.#lossy(this.token(person, body)),
      cast: async (body) => this.#lossy(this.cast(body)),
      sign: async (id, blinded) => `signed ${id} ${blinded}`,
    }
  }

  token(person: number, body: TokenBody): Answer<Issued> {
    this.tokenCalls.push(body)
    const before = this.issued.get(person)
    if (before && before.blinded !== body.blinded) return { type: 'refused', code: 'token_taken' }
    const { evaluated, proof } = ristretto255_oprf.voprf.blindEvaluate(this.key.secretKey, this.key.publicKey, unb64(body.blinded, 32))
    this.issued.set(person, { blinded: body.blinded, evaluated: b64(evaluated) })
    return { type: 'ok', body: { evaluated: b64(evaluated), proof: b64(proof), header: this.header } }
  }

  cast(body: CastBody): Answer<{ receipt: string }> {
    this.castCalls.push(body)
    if (this.state !== 'open') return { type: 'refused', code: `ballot_${this.state}` }
    const hash = headerHash(this.header)
    const votePk = unb64(body.vote_pk, 32)
    const message = castMessage(hash, body.seq, body.choices)
    if (!tokenHolds(this.key, hash, votePk, unb64(body.token, 64))) return { type: 'refused', code: 'bad_token' }
    if (!strictVerify(unb64(body.sig, 64), message, votePk)) return { type: 'refused', code: 'bad_signature' }
    const before = this.box.get(body.vote_pk)
    const again = before && before.seq === body.seq && before.choices.join() === body.choices.join()
    if (before && before.seq >= body.seq && !again) return { type: 'refused', code: 'outnumbered' }
    this.box.set(body.vote_pk, body)
    return { type: 'ok', body: { receipt: b64(ed25519.sign(receiptMessage(hash, sha256(message), votePk), this.receiptSk)) } }
  }

  board(seed: 'with_seed' | 'without_seed' = 'with_seed'): WrittenBoard {
    const bare: WrittenBoard = {
      v: 1,
      header: this.header,
      issuance: [...this.issued].map(([person, row]) => ({ person, ...row })).sort((a, b) => a.person - b.person),
      paper: this.paper,
      lines: [...this.box.values()]
        .map(({ vote_pk, token, seq, choices, sig }) => ({ vote_pk, token, seq, choices, sig }))
        .sort((a, b) => compare(unb64(a.vote_pk, 32), unb64(b.vote_pk, 32))),
      digest: '0'.repeat(64),
      seed: seed === 'with_seed' ? b64(this.seed) : null,
    }
    return sealed(bare)
  }

  announced(board: WrittenBoard, attendance = [1, 2, 3, 4, 5, 6, 7, 8, 9]): AnnouncedResult {
    const counts = OPTIONS.map((_, option) => board.lines.filter((line) => line.choices[0] === option + 1).length + (board.paper.counts[option + 1] ?? 0))
    return {
      header_hash: hex(headerHash(this.header)),
      digest: board.digest,
      attendance,
      counts,
      issued: board.issuance.length + board.paper.marks.length,
      returned: board.lines.length + board.paper.counts.reduce((all, one) => all + one, 0),
    }
  }

  #lossy<T>(answer: Answer<T>): Answer<T> {
    if (this.lostAnswers === 0) return answer
    this.lostAnswers -= 1
    return { type: 'no_answer' }
  }
}

/** With the digest that fits it, as a forger would also make it. */
export function sealed(board: WrittenBoard): WrittenBoard {
  return { ...board, digest: hex(boardDigest(parseBoard(JSON.stringify(board)))) }
}

export interface Phone {
  local: Storage | undefined
  indexed: IDBFactory | undefined
}

export const newPhone = (indexed: IDBFactory | undefined): Phone => ({ local: fakeStorage(), indexed })

/** One tab of the phone's browser. `channel` joins it to the others. */
export function tabOf(phone: Phone, random = countedRandom(), channel: SeedWorld['channel'] = () => undefined): Seeds {
  return new Seeds(new Places({ local: () => phone.local, indexed: () => phone.indexed }), { random, channel })
}

/** Waits that last until the test ends them, and how long each was to be. */
export function heldClock() {
  const waits: { ms: number; end: () => void }[] = []
  return {
    waits,
    sleep(ms: number) {
      let end = () => {}
      const over = new Promise<void>((resolve) => {
        end = resolve
      })
      waits.push({ ms, end })
      return { over, stop: () => end() }
    },
  }
}

const noWait = { sleep: (_ms: number) => ({ over: Promise.resolve(), stop() {} }) }

/** A page of its own: its votes take turns among themselves, and wait for nothing unless a clock is given. */
export function worldOf(over: Partial<VoterWorld> & Pick<VoterWorld, 'seeds'>): VoterWorld {
  const random = over.random ?? countedRandom()
  const { sleep } = { ...noWait, ...over }
  return { random, sleep, turns: new Turns({ random, sleep }), ...over }
}
