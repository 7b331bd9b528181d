/** The published board of a round and its digest, by which everybody knows that all see the same one. */
import { sha256 } from '@noble/hashes/sha2.js'
import { join, u16, u32, unb64, utf8 } from './bytes'

/** Far above any congress; keeps a broken answer from filling the phone. The server's verifier reads as much. */
const BOARD_ROWS_MAX = 6_000
const BOARD_CHARS_MAX = 8 * 1024 * 1024

export interface IssuanceRow {
  person: number
  blinded: Uint8Array
  evaluated: Uint8Array
}

export interface BoardLine {
  votePk: Uint8Array
  token: Uint8Array
  seq: number
  /** Option, counted from 1; 0 is blank. */
  choices: number[]
  sig: Uint8Array
}

export interface Board {
  header: string
  issuance: IssuanceRow[]
  /** `marks` are persons who vote on paper; `counts` is empty or, dimension by dimension, blank slips and then each option. */
  paper: { marks: number[]; counts: number[] }
  lines: BoardLine[]
  /** As the board itself says; 64 hex digits. */
  digest: string
  /** Missing until the release. */
  seed: Uint8Array | undefined
}

/** What was fetched is no board. */
export class UnreadableBoard extends Error {
  override name = 'UnreadableBoard'
}

export function parseBoard(text: string): Board {
  try {
    if (text.length > BOARD_CHARS_MAX) throw new TypeError('too long')
    const told = JSON.parse(text) as Record<string, any>
    if (told['v'] !== 1 || typeof told['header'] !== 'string') throw new TypeError('not a board')
    return {
      header: told['header'],
      issuance: rows(told['issuance'], ({ person, blinded, evaluated }) => ({
        person: count(person),
        blinded: unb64(blinded, 32),
        evaluated: unb64(evaluated, 32),
      })),
      paper: { marks: rows(told['paper'].marks, count), counts: rows(told['paper'].counts, count) },
      lines: rows(told['lines'], ({ vote_pk, token, seq, choices, sig }) => ({
        votePk: unb64(vote_pk, 32),
        token: unb64(token, 64),
        seq: count(seq),
        choices: rows(choices, byte),
        sig: unb64(sig, 64),
      })),
      digest: lowerHex(told['digest']),
      seed: told['seed'] === null || told['seed'] === undefined ? undefined : unb64(told['seed'], 32),
    }
  } catch (error) {
    throw new UnreadableBoard(error instanceof Error ? error.message : '')
  }
}

function rows<T>(value: any, read: (row: any) => T): T[] {
  if (!Array.isArray(value) || value.length > BOARD_ROWS_MAX) throw new TypeError('not a list of this size')
  return value.map((row) => read(row))
}

function count(value: unknown): number {
  if (!Number.isInteger(value) || (value as number) < 0 || (value as number) > 0xffff_ffff) throw new TypeError('not a number of this size')
  return value as number
}

function byte(value: unknown): number {
  if (count(value) > 255) throw new TypeError('not a choice')
  return value as number
}

function lowerHex(value: unknown): string {
  if (typeof value !== 'string' || !/^[0-9a-f]{64}$/.test(value)) throw new TypeError('not a digest')
  return value
}

/** Over everything but `digest` and `seed`, computed anew from what was fetched. */
export function boardDigest({ header, issuance, paper, lines }: Board): Uint8Array {
  const hash = sha256.create()
  const text = utf8(header)
  hash.update(join(utf8('ballot-board/v1|'), u32(text.length), text))
  hash.update(u32(issuance.length))
  for (const { person, blinded, evaluated } of issuance) hash.update(join(u32(person), blinded, evaluated))
  for (const numbers of [paper.marks, paper.counts]) hash.update(join(u32(numbers.length), ...numbers.map(u32)))
  hash.update(u32(lines.length))
  for (const { votePk, token, seq, choices, sig } of lines) {
    hash.update(join(votePk, token, u32(seq), u16(choices.length), Uint8Array.from(choices), sig))
  }
  return hash.digest()
}
