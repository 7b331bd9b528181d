/**
 * The phone's own check after the release: it reads the whole board as everybody does and looks for its line itself.
 * Asking the server for one's line would tell whose it is.
 */
import { b64, hex, same, unb64 } from './bytes'
import { type Board, boardDigest, type BoardLine, parseBoard } from './board'
import {
  castDigest,
  castMessage,
  evaluateBlinded,
  type Header,
  headerHash,
  type IssuingKey,
  issuingKey,
  parseHeader,
  receiptHolds,
  strictVerify,
  tokenHolds,
  type VoterKeys,
  voterKeys,
} from './crypto'
import { markChecked, type Progress, readProgress } from './progress'
import type { Round } from './round'
import { type Seeds, seeds } from './seed'

export type OwnCheck =
  /** The vote stands on the board as the receipt says. */
  | 'fine'
  /** A token was taken and no vote was cast, and none stands there. */
  | 'not_cast'
  /** No token was taken here and none stands in this member's name. */
  | 'no_part'
  /** Checked before on this phone. */
  | 'checked'
  /** Before the release; call again. */
  | 'not_released'
  /** From here on: alarms. */
  | 'missing'
  | 'changed'
  | 'wrong_header'
  | 'wrong_digest'
  | 'wrong_key'
  | 'wrong_issuance'
  /** A token in this member's name that this phone does not hold. */
  | 'lost_token'
  | 'unreadable'

/** As the hall was told at the sealing, by way of the live connection; hex. */
export interface Announced {
  header_hash: string
  digest: string
}

/** Deletes the seed and all else of the round when all is well; on an alarm it stays as evidence until `SecretVoter.forget`. */
export async function checkOwn(round: Round, person: number, boardText: string, announced: Announced, keeping: Seeds = seeds): Promise<OwnCheck> {
  const kept = await readProgress(keeping.places, round)
  if (kept && 'checked' in kept) return 'checked'
  const found = look(boardText, announced, round, person, await keeping.kept(round), kept)
  if (found === 'fine' || found === 'not_cast') {
    await markChecked(keeping.places, round)
    await keeping.forget(round)
  }
  return found
}

function look(text: string, announced: Announced, round: Round, person: number, seed: Uint8Array | undefined, progress: Progress | undefined): OwnCheck {
  let board: Board
  try {
    board = parseBoard(text)
  } catch {
    return 'unreadable'
  }
  if (hex(headerHash(board.header)) !== announced.header_hash || (progress && progress.header !== board.header)) return 'wrong_header'
  const digest = hex(boardDigest(board))
  if (digest !== announced.digest || digest !== board.digest) return 'wrong_digest'
  if (!board.seed) return 'not_released'
  try {
    const header = parseHeader(board.header)
    const { appraisal, ballot, round: number } = round
    if (header.appraisal !== appraisal || header.ballot !== ballot || header.round !== number) return 'wrong_header'
    const key = issuingKey(board.seed, round)
    if (!same(key.publicKey, header.pk)) return 'wrong_key'
    const rows = board.issuance.filter((row) => row.person === person)
    // The seed alone may be older than an answer that was lost; the row then tells whether a token was taken with it.
    if (!seed) return rows.length > 0 ? 'lost_token' : 'no_part'
    const keys = voterKeys(seed, header)
    const issuance = ownRow(rows, key, keys, progress)
    if (issuance) return issuance
    return ownLine(board.lines.filter((line) => same(line.votePk, keys.votePk)), header, key, keys, progress)
  } catch {
    return 'wrong_header'
  }
}

function ownRow(rows: Board['issuance'], key: IssuingKey, keys: VoterKeys, progress: Progress | undefined): OwnCheck | undefined {
  const [row] = rows
  if (!row) return progress?.token === undefined ? undefined : 'wrong_issuance'
  if (rows.length > 1) return 'wrong_issuance'
  if (!same(row.blinded, keys.blinded)) return 'lost_token'
  return same(row.evaluated, evaluateBlinded(key, row.blinded)) ? undefined : 'wrong_issuance'
}

function ownLine(lines: BoardLine[], header: Header, key: IssuingKey, keys: VoterKeys, progress: Progress | undefined): OwnCheck {
  const kept = progress?.recorded
  const recorded = kept && receiptHolds(header, keys.votePk, unb64(kept.digest, 32), kept.receipt) ? kept : undefined
  const [line] = lines
  if (!line) return recorded ? 'missing' : 'not_cast'
  const signed = strictVerify(line.sig, castMessage(header.hash, line.seq, line.choices), keys.votePk)
  if (lines.length > 1 || !signed || !tokenHolds(key, header.hash, line.votePk, line.token)) return 'changed'
  // A higher number under this phone's own signature is a later vote of its own, recorded while the answer was lost.
  if (!recorded || line.seq > recorded.seq) return 'fine'
  return line.seq === recorded.seq && b64(castDigest(header.hash, line.seq, line.choices)) === recorded.digest ? 'fine' : 'changed'
}
