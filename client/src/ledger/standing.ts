/** Where a line of the rectification ledger stands for who reads it now. */
import type { CheckFinding, CheckView, LedgerLineView } from '../protocol/generated'

const DAY_MS = 86_400_000

type Line = Pick<LedgerLineView, 'state' | 'ends_at' | 'closed' | 'checks'>

/** The subject says that it has done what it promised. */
export function carriedOut({ state }: Pick<Line, 'state'>): boolean {
  return state === 'done' || state === 'long_term'
}

/** Days since a last day ended at `ends_at`, a begun one whole; 0 while it lasts. */
export function daysOver(ends_at: number, now_ms: number): number {
  return now_ms < ends_at ? 0 : Math.floor((now_ms - ends_at) / DAY_MS) + 1
}

/** Whole days until the last day that ends at `ends_at`; 0 on that day itself. */
export function daysLeft(ends_at: number, now_ms: number): number {
  return Math.max(0, Math.floor((ends_at - now_ms - 1) / DAY_MS))
}

/** Days since the last day ended without the line being carried out; 0 where it is not late. */
export function daysLate(line: Line, now_ms: number): number {
  if (line.ends_at === undefined || carriedOut(line) || line.closed) return 0
  return daysOver(line.ends_at, now_ms)
}

export function lastCheck({ checks }: Pick<Line, 'checks'>): CheckView | undefined {
  return checks[checks.length - 1]
}

export function condemns(finding: CheckFinding): boolean {
  return finding === 'fake' || finding === 'perfunctory'
}

/** The last check said fake or perfunctory. */
export function condemned(line: Pick<Line, 'checks'>): boolean {
  const last = lastCheck(line)
  return last !== undefined && condemns(last.finding)
}

export const SIEVES = ['all', 'open', 'late', 'condemned'] as const
/** Which lines a reader wants to see. */
export type Sieve = (typeof SIEVES)[number]

export function passes(line: Line, sieve: Sieve, now_ms: number): boolean {
  switch (sieve) {
    case 'all':
      return true
    case 'open':
      return line.closed === undefined
    case 'late':
      return daysLate(line, now_ms) > 0
    case 'condemned':
      return condemned(line)
  }
}
