/** How a socket may end. */
import { CLOSE_CODES } from '../protocol/generated'

/** Ends after which the page must not come back as it is. */
export type FinalEnd = Exclude<keyof typeof CLOSE_CODES, 'slow_reader' | 'going_away' | 'fault' | 'silent' | 'too_busy'>

export function isFinal(code: number): boolean {
  return code >= 4100 && code <= 4199
}

/** A final code that this page does not know comes from a newer server, so the page is the wrong version. */
export function finalEnd(code: number): FinalEnd {
  for (const [name, value] of Object.entries(CLOSE_CODES)) if (value === code && isFinal(value)) return name as FinalEnd
  return 'wrong_version'
}
