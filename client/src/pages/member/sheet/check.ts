/** What the phone's checks of a sheet's released boxes come to, in one word. */
import type { Checking } from '../secret.svelte'

export type SheetCheck =
  | { type: 'bad'; faults: number }
  | { type: 'running'; done: number }
  | { type: 'not_released' | 'unreachable' | 'checked' | 'none' }
  | { type: 'fine'; fine: number; rest: number }

const CALM: readonly Checking[] = ['fine', 'not_cast', 'no_part', 'checked', 'not_released', 'checking', 'unreachable']

export const alarming = (check: Checking | undefined): boolean => check !== undefined && !CALM.includes(check)

/** `undefined` is a check that has not begun. */
export function sheetCheck(checks: readonly (Checking | undefined)[]): SheetCheck {
  const count = (...of: (Checking | undefined)[]) => checks.filter((one) => of.includes(one)).length
  const faults = checks.filter(alarming).length
  if (faults > 0) return { type: 'bad', faults }
  if (count('unreachable') > 0) return { type: 'unreachable' }
  if (count('not_released') === checks.length) return { type: 'not_released' }
  const open = count('checking', 'not_released', undefined)
  if (open > 0) return { type: 'running', done: checks.length - open }
  if (count('checked') === checks.length) return { type: 'checked' }
  // Of what was checked before, only that it was well is still known.
  const fine = count('fine', 'checked')
  return fine > 0 ? { type: 'fine', fine, rest: checks.length - fine } : { type: 'none' }
}
