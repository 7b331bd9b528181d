/**
 * The key by which a phone signs its votes: a bearer overheard on a plain-http network then votes for nobody.
 * One key an appraisal, made at the first join. `crypto.subtle` does not exist over plain http, hence the library,
 * which is fetched only by pages that vote.
 */
import { forget, keep, recall } from './storage'

const seedKey = (appraisal: string) => `pingyi.device.${appraisal}`
const library = () => import('./ed25519')

export interface DeviceKey {
  /** 64 hex digits; never leaves the device. */
  seed: string
  /** 64 hex digits; what the server is told. */
  publicKey: string
}

export interface Vote {
  ballot: number
  round: number
  /** Index in the ballot's options. */
  choice: number
}

/** A vote on a ballot with several items: an index each, in their order. */
export interface Votes {
  ballot: number
  round: number
  choices: readonly number[]
}

/** The device has no key for this appraisal: its storage was cleared, and it must join again. */
export class NoDeviceKey extends Error {
  override name = 'NoDeviceKey'
}

/** The key kept for the appraisal, or a new one, which `keepDeviceKey` must keep once the server knows it. */
export async function deviceKey(appraisal?: string): Promise<DeviceKey> {
  const { publicKeyOf } = await library()
  const kept = appraisal === undefined ? undefined : recall(seedKey(appraisal))
  const seed = kept ?? hex(crypto.getRandomValues(new Uint8Array(32)))
  return { seed, publicKey: hex(publicKeyOf(unhex(seed))) }
}

export function keepDeviceKey(appraisal: string, key: DeviceKey): void {
  keep(seedKey(appraisal), key.seed)
}

export function forgetDeviceKey(appraisal: string): void {
  forget(seedKey(appraisal))
}

/** Asks for the one token of a round; what is asked for hides the vote's key. */
export interface TokenRequest {
  ballot: number
  round: number
  /** base64url. */
  blinded: string
}

/** `id` is the id of the command that carries the vote, so that a signature fits one command only. */
export function signVote(appraisal: string, id: string, vote: Vote): Promise<string> {
  return signed(appraisal, voteText(appraisal, id, vote))
}

export function signVotes(appraisal: string, id: string, votes: Votes): Promise<string> {
  return signed(appraisal, votesText(appraisal, id, votes))
}

export function signTokenRequest(appraisal: string, id: string, { ballot, round, blinded }: TokenRequest): Promise<string> {
  return signed(appraisal, new TextEncoder().encode(`pingyi-token/1|${appraisal}|${id}|${ballot}|${round}|${blinded}`))
}

/** The receipt of the opinions, in the officer's own hand. */
export function signReceipt(appraisal: string, id: string, subject: number): Promise<string> {
  return signed(appraisal, receiptText(appraisal, id, subject))
}

async function signed(appraisal: string, text: Uint8Array): Promise<string> {
  const seed = recall(seedKey(appraisal))
  if (seed === undefined) throw new NoDeviceKey()
  const { sign } = await library()
  return hex(sign(text, unhex(seed)))
}

export function voteText(appraisal: string, id: string, { ballot, round, choice }: Vote): Uint8Array {
  return new TextEncoder().encode(`pingyi-vote/1|${appraisal}|${id}|${ballot}|${round}|${choice}`)
}

export function votesText(appraisal: string, id: string, { ballot, round, choices }: Votes): Uint8Array {
  return new TextEncoder().encode(`pingyi-votes/2|${appraisal}|${id}|${ballot}|${round}|${choices.join(',')}`)
}

export function receiptText(appraisal: string, id: string, subject: number): Uint8Array {
  return new TextEncoder().encode(`pingyi-receipt/1|${appraisal}|${id}|${subject}`)
}

/** Fetches the library ahead of need, while the network is there. */
export function prepareSigning(): void {
  // Where it fails now, it is asked for again when it is needed.
  library().catch(() => {})
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

function unhex(text: string): Uint8Array {
  return Uint8Array.from({ length: text.length / 2 }, (_, place) => Number.parseInt(text.slice(place * 2, place * 2 + 2), 16))
}
