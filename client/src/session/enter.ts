/** Ways in: each exchanges something a person holds for a bearer, and keeps it. */
import type { DoorInfo, SignedIn, SignInAccount, SignInCard, SignInHall, SignInLink, TakeOver } from '../protocol/generated'
import { get, post } from './api'
import { type DeviceKey, deviceKey, keepDeviceKey } from './device'
import { BODY, lastAppraisal, signIn } from './session'

/** Who was let in; the bearer is kept under the appraisal and role, a desk's under `BODY`. */
function kept(signedIn: SignedIn): SignedIn {
  signIn(signedIn.appraisal ?? BODY, signedIn.role, signedIn.bearer)
  return signedIn
}

function keptWithKey(signedIn: SignedIn, key: DeviceKey): SignedIn {
  if (signedIn.appraisal !== undefined) keepDeviceKey(signedIn.appraisal, key)
  return kept(signedIn)
}

export async function enterByCard(code: string, takeOver: TakeOver = 'ask'): Promise<SignedIn> {
  // The card does not tell its appraisal. A phone that scans again what it scanned before is the same device.
  const key = await deviceKey(lastAppraisal('person'))
  const body: SignInCard = { code, device_key: key.publicKey, take_over: takeOver }
  return keptWithKey(await post<SignedIn>('/api/sign-in/card', body), key)
}

export interface HallEntry {
  hallCode: string
  name: string
  pin: string
  /** Where the door has told it. */
  appraisal?: string
}

export async function enterByHall(entry: HallEntry, takeOver: TakeOver = 'ask'): Promise<SignedIn> {
  const key = await deviceKey(entry.appraisal ?? lastAppraisal('person'))
  const body: SignInHall = { hall_code: entry.hallCode, name: entry.name, pin: entry.pin, device_key: key.publicKey, take_over: takeOver }
  return keptWithKey(await post<SignedIn>('/api/sign-in/hall', body), key)
}

export const enterByLink = async (secret: string): Promise<SignedIn> =>
  kept(await post<SignedIn>('/api/sign-in/link', { secret } satisfies SignInLink))

export const enterByAccount = async (account: SignInAccount): Promise<SignedIn> =>
  kept(await post<SignedIn>('/api/sign-in/account', account))

/** What a hall code opens. */
export const door = (hallCode: string): Promise<DoorInfo> => get<DoorInfo>(`/api/door?hall_code=${encodeURIComponent(hallCode)}`)
