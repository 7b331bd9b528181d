/**
 * The secret ballot's formulas for one voter: RFC 9497 VOPRF (ristretto255, SHA-512) for the token, Ed25519 for the vote.
 * No I/O, no clock, no randomness: everything follows from the voter's seed and the header.
 */
import { ed25519, ristretto255_oprf } from '@noble/curves/ed25519.js'
import { hkdf } from '@noble/hashes/hkdf.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { shortCode } from '../short_code'
import { hex, join, same, u16, u32, unb64, utf8 } from './bytes'
import type { Round } from './round'

export const SCHEME = 'voprf-ristretto255-sha512'
/** A header holds a subject's name and a handful of options. */
const HEADER_BYTES_MAX = 8 * 1024
const OPTIONS_MAX = 32
export const DIMENSIONS_MAX = 16

/** What exactly cannot be trusted; each is shown to the voter as an alarm, never tried again in silence. */
export type DistrustCode = 'bad_header' | 'header_changed' | 'bad_proof' | 'bad_receipt'

export class Distrust extends Error {
  override name = 'Distrust'
  constructor(readonly code: DistrustCode) {
    super(code)
  }
}

export interface Header extends Round {
  /** As it was served. It is hashed and never written anew, for another spelling is another header. */
  text: string
  hash: Uint8Array
  subject: string
  options: string[]
  /** Choices on one slip. */
  dimensions: number
  pk: Uint8Array
  receiptPk: Uint8Array
}

export function parseHeader(text: string): Header {
  try {
    if (utf8(text).length > HEADER_BYTES_MAX) throw new TypeError('too long')
    const told = JSON.parse(text) as Record<string, unknown>
    const { appraisal, ballot, round, subject, options, dimensions } = told
    const sound =
      told['v'] === 1 &&
      told['scheme'] === SCHEME &&
      isCount(dimensions) &&
      dimensions >= 1 &&
      dimensions <= DIMENSIONS_MAX &&
      typeof appraisal === 'string' &&
      isCount(ballot) &&
      isCount(round) &&
      typeof subject === 'string' &&
      Array.isArray(options) &&
      options.length >= 1 &&
      options.length <= OPTIONS_MAX &&
      options.every((option) => typeof option === 'string')
    if (!sound) throw new TypeError('not a header of this scheme')
    const keys = { pk: unb64(told['pk'], 32), receiptPk: unb64(told['receipt_pk'], 32) }
    return { text, hash: headerHash(text), appraisal, ballot, round, subject, options: options as string[], dimensions, ...keys }
  } catch {
    throw new Distrust('bad_header')
  }
}

const isCount = (value: unknown): value is number => Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 0xffff_ffff

export const headerHash = (text: string): Uint8Array => sha256(utf8(text))

/** The header's hash as the hall screen shows it. */
export const shownCode = (hash: Uint8Array): string => shortCode(hex(hash))

/** Binds a released seed to its round: the same seed under another round gives another key. */
export const keyInfo = ({ appraisal, ballot, round }: Round): Uint8Array => utf8(`ballot-key/v1|${appraisal}|${ballot}/${round}`)

export const tokenInput = (hash: Uint8Array, votePk: Uint8Array): Uint8Array => join(utf8('ballot-token/v1|'), hash, votePk)

export const castMessage = (hash: Uint8Array, seq: number, choices: readonly number[]): Uint8Array =>
  join(utf8('ballot-cast/v1|'), hash, u32(seq), u16(choices.length), Uint8Array.from(choices))

export const receiptMessage = (hash: Uint8Array, castDigest: Uint8Array, votePk: Uint8Array): Uint8Array =>
  join(utf8('ballot-receipt/v1|'), hash, castDigest, votePk)

/** All of one voter in one round. */
export interface VoterKeys {
  voteSk: Uint8Array
  votePk: Uint8Array
  blind: Uint8Array
  blinded: Uint8Array
}

/** The same seed gives the same element again, so that a reload or a lost answer repeats the request and takes no second token. */
export function voterKeys(seed: Uint8Array, header: Header): VoterKeys {
  const derive = (label: string, length: number) => hkdf(sha256, seed, header.hash, utf8(`ballot-voter/v1|${label}`), length)
  const voteSk = derive('vote-key', 32)
  const votePk = ed25519.getPublicKey(voteSk)
  const { blind, blinded } = ristretto255_oprf.voprf.blind(tokenInput(header.hash, votePk), (length = 48) => derive('blind', length))
  return { voteSk, votePk, blind, blinded }
}

export interface Issued {
  /** b64, 32 bytes. */
  evaluated: string
  /** b64, 64 bytes. */
  proof: string
  header: string
}

/**
 * The token. Throws when the answer speaks of another header or was not made with the header's key, as when a member is marked
 * by a key of their own.
 */
export function finalize(header: Header, keys: VoterKeys, { evaluated, proof, header: text }: Issued): Uint8Array {
  if (text !== header.text) throw new Distrust('header_changed')
  try {
    const input = tokenInput(header.hash, keys.votePk)
    return ristretto255_oprf.voprf.finalize(input, keys.blind, unb64(evaluated, 32), keys.blinded, header.pk, unb64(proof, 64))
  } catch {
    throw new Distrust('bad_proof')
  }
}

export function signCast(header: Header, keys: VoterKeys, seq: number, choices: readonly number[]): Uint8Array {
  return ed25519.sign(castMessage(header.hash, seq, choices), keys.voteSk)
}

export const castDigest = (hash: Uint8Array, seq: number, choices: readonly number[]): Uint8Array => sha256(castMessage(hash, seq, choices))

export function receiptHolds(header: Header, votePk: Uint8Array, digest: Uint8Array, receipt: string): boolean {
  try {
    return strictVerify(unb64(receipt, 64), receiptMessage(header.hash, digest, votePk), header.receiptPk)
  } catch {
    return false
  }
}

/** Without `zip215: false` a crafted signature would pass here and fail in the server's verifier. */
export function strictVerify(signature: Uint8Array, message: Uint8Array, pk: Uint8Array): boolean {
  try {
    return ed25519.verify(signature, message, pk, { zip215: false })
  } catch {
    return false
  }
}

export interface IssuingKey {
  secretKey: Uint8Array
  publicKey: Uint8Array
}

export const issuingKey = (seed: Uint8Array, round: Round): IssuingKey => ristretto255_oprf.voprf.deriveKeyPair(seed, keyInfo(round))

/** k·blinded, as the issuer must have answered. Throws on what is no element. */
export const evaluateBlinded = (key: IssuingKey, blinded: Uint8Array): Uint8Array => ristretto255_oprf.oprf.blindEvaluate(key.secretKey, blinded)

/** The library has this function and leaves it out of its types for this mode. */
const { evaluate } = ristretto255_oprf.voprf as unknown as { evaluate(secretKey: Uint8Array, input: Uint8Array): Uint8Array }

export const tokenHolds = (key: IssuingKey, hash: Uint8Array, votePk: Uint8Array, token: Uint8Array): boolean =>
  same(evaluate(key.secretKey, tokenInput(hash, votePk)), token)
