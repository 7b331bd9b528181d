/**
 * Who this browser is: one bearer for each appraisal and role, so that a demonstration can be chair, desk and member in one browser.
 * No cookies: the bearer goes into the first socket message and the Authorization header, nowhere else.
 */
import type { Role } from '../protocol/generated'
import { forget, keep, recall } from './storage'

/** Stands for the appraisal with desk accounts, which open every case of the body. */
export const BODY = 'body'

const bearerKey = (appraisal: string, role: Role) => `pingyi.bearer.${appraisal}.${role}`
const lastKey = (role: Role) => `pingyi.last.${role}`

export function bearerOf(appraisal: string, role: Role): string | undefined {
  return recall(bearerKey(appraisal, role))
}

/** Keeps the bearer and remembers the appraisal as the one last entered in this role. */
export function signIn(appraisal: string, role: Role, bearer: string): void {
  keep(bearerKey(appraisal, role), bearer)
  keep(lastKey(role), appraisal)
}

export function signOut(appraisal: string, role: Role): void {
  forget(bearerKey(appraisal, role))
  if (lastAppraisal(role) === appraisal) forget(lastKey(role))
}

/** The appraisal last entered in this role, for a page opened without a link. */
export function lastAppraisal(role: Role): string | undefined {
  return recall(lastKey(role))
}

/**
 * Takes what stands behind # in the address and removes it there, so that a secret from a QR code is in no history, screenshot
 * or forwarded link. A second call finds nothing: keep what the first one gave.
 */
export function takeFragment(): URLSearchParams {
  const fields = new URLSearchParams(location.hash.slice(1))
  if (location.hash) history.replaceState(history.state, '', location.pathname + location.search)
  return fields
}
