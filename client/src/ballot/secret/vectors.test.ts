/** The phone's side held against the server's: keys, tokens, receipts and boards that the server's own tests made. */
import { expect, test } from 'vitest'
import vectors from '../../../../tests/fixtures/ballot/vectors.json'
import { b64, hex, unb64 } from './bytes'
import { castDigest, castMessage, finalize, issuingKey, parseHeader, receiptHolds, shownCode, signCast, tokenInput, voterKeys } from './crypto'
import { type Fault, verifyBoard } from './verify_board'

const header = parseHeader(vectors.header)
const quick = { progress() {}, next: async () => true }

/** The server numbers its checks. */
const CHECK: Record<Fault, number> = {
  unreadable: 0,
  header_hash: 1,
  digest: 2,
  key: 3,
  issuance: 4,
  line_order: 5,
  line_choice: 5,
  line_signature: 5,
  line_token: 5,
  bounds: 6,
  tally: 7,
}

test('header, code and key', () => {
  expect(hex(header.hash)).toBe(vectors.header_hash)
  expect(shownCode(header.hash)).toBe(vectors.shown_code)
  expect(hex(issuingKey(unb64(vectors.seed, 32), header).publicKey)).toBe(hex(header.pk))
})

test.each(vectors.voters)('voter $person', (voter) => {
  const keys = voterKeys(unb64(voter.seed, 32), header)
  expect(b64(keys.voteSk)).toBe(voter.vote_sk)
  expect(b64(keys.votePk)).toBe(voter.vote_pk)
  expect(hex(keys.blind)).toBe(voter.blind)
  expect(b64(keys.blinded)).toBe(voter.blinded)
  expect(hex(tokenInput(header.hash, keys.votePk))).toBe(voter.token_input)
  const { evaluated, proof, cast } = voter
  expect(b64(finalize(header, keys, { evaluated, proof, header: vectors.header }))).toBe(voter.token)
  expect(hex(castMessage(header.hash, cast.seq, cast.choices))).toBe(voter.cast_message)
  expect(b64(signCast(header, keys, cast.seq, cast.choices))).toBe(cast.sig)
  expect(receiptHolds(header, keys.votePk, castDigest(header.hash, cast.seq, cast.choices), voter.receipt)).toBe(true)
})

test('the true board, released and not', async () => {
  const { counts, issued, returned } = vectors.announced
  const sums = { counts, blanks: vectors.blanks, issued, returned }
  expect(await verifyBoard(vectors.board, vectors.announced, quick)).toEqual({ type: 'sound', extent: 'whole', ...sums })
  expect(await verifyBoard(vectors.board_without_seed, vectors.announced, quick)).toEqual({ type: 'sound', extent: 'without_seed', ...sums })
})

test.each(vectors.tampered)('$name fails check $check', async ({ board, announced, check }) => {
  const verdict = await verifyBoard(board, announced, quick)
  expect(verdict).toMatchObject({ type: 'fault' })
  if (verdict.type === 'fault') expect(CHECK[verdict.fault], verdict.fault).toBe(check)
})

test.each(vectors.unreadable)('$name is no board', async ({ board }) => {
  expect(await verifyBoard(board, vectors.announced, quick)).toMatchObject({ type: 'fault', fault: 'unreadable' })
})
