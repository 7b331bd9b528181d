/** Why a device takes no vote of its member in a round: another way was chosen, or no part is taken at all. */
import type { BallotView, MyBallotView } from '../../protocol/generated'

/** What this page runs on: the member's own phone, or the hall's tablet (投票终端). */
export type Device = 'phone' | 'booth'

/** `too_old`: this browser cannot do what a secret ballot needs. */
export type Apart = 'recused' | 'paper' | 'booth' | 'too_old'

export function apartOf({ secrecy }: Pick<BallotView, 'secrecy'>, my: MyBallotView | undefined, device: Device): Apart | undefined {
  if (my?.recused) return 'recused'
  if (my?.way === 'paper') return 'paper'
  if (my?.way === 'booth' && device === 'phone') return 'booth'
  return secrecy === 'secret' && !ableForSecret() ? 'too_old' : undefined
}

/** Where the browser's parts are looked for; tests bring their own. */
export type Parts = Partial<Record<'BigInt' | 'BigUint64Array' | 'Uint8Array' | 'crypto' | 'localStorage' | 'indexedDB', unknown>>

/**
 * The arithmetic of the secret ballot needs BigInt and typed arrays, its randomness the browser's source, and the ballot
 * paper a place where it outlives the page.
 */
export function ableForSecret(parts: Parts = globalThis as Parts): boolean {
  const has = (name: keyof Parts): boolean => {
    try {
      return parts[name] !== undefined && parts[name] !== null
    } catch {
      // Merely naming a storage that is switched off throws in some browsers.
      return false
    }
  }
  const numbers = has('BigInt') && has('BigUint64Array') && has('Uint8Array')
  const source = has('crypto') && typeof (parts.crypto as Partial<Crypto>).getRandomValues === 'function'
  return numbers && source && (has('localStorage') || has('indexedDB'))
}
