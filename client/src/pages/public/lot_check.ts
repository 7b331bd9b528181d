/** Repeats a drawing of lots from what was published of it. */
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'
import type { LotView } from '../../protocol/generated'

/** Whether seed and commitment fit, every digest is right, and the order is that of the digests. */
export function drawHolds(lot: LotView): boolean {
  if (!/^[0-9a-f]{64}$/.test(lot.seed)) return false
  if (bytesToHex(sha256(hexToBytes(lot.seed))) !== lot.commitment) return false
  const digest = (number: number) => bytesToHex(sha256(new TextEncoder().encode(`pingyi-lot/1|${lot.seed}|${lot.called}|${number}`)))
  const digests = lot.candidates.map((one) => digest(one.subject))
  return lot.candidates.every((one, place) => {
    const mine = digests[place]!
    return one.digest === mine && (place === 0 || digests[place - 1]! < mine)
  })
}
