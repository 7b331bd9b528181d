/** How a speech stands against its limit. Nobody is cut off: over the limit the time goes on and is shown as such. */
import { timeLeft } from '../words/formats'

export interface Turn {
  began_at: number
  /** 0: no limit. */
  limit_s: number
}

export type Standing = { kind: 'used' | 'left' | 'over'; time: string }

/** `now_ms` is the server's clock. */
export function standing({ began_at, limit_s }: Turn, now_ms: number): Standing {
  const used_ms = Math.max(0, now_ms - began_at)
  if (limit_s === 0) return { kind: 'used', time: timeLeft(Math.floor(used_ms / 1000) * 1000) }
  const left_ms = limit_s * 1000 - used_ms
  if (left_ms > 0) return { kind: 'left', time: timeLeft(left_ms) }
  return { kind: 'over', time: timeLeft(Math.floor(-left_ms / 1000) * 1000) }
}

export const REMARK_CHARS_MAX = 2_000
