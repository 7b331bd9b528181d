import { ed25519 } from '@noble/curves/ed25519.js'
import { beforeEach, expect, test, vi } from 'vitest'
import { fakeStorage } from '../connection/testing'
import { deviceKey, forgetDeviceKey, keepDeviceKey, NoDeviceKey, signTokenRequest, signVote, signVotes, voteText, votesText } from './device'

beforeEach(() => {
  vi.stubGlobal('localStorage', fakeStorage())
  forgetDeviceKey('a1')
})

const bytes = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))

test('a vote is signed over the appraisal, the command and the choice, with the key that the server was told', async () => {
  const key = await deviceKey('a1')
  keepDeviceKey('a1', key)
  const vote = { ballot: 3, round: 2, choice: 1 }
  const signature = await signVote('a1', 'id-7', vote)
  const text = new TextEncoder().encode('pingyi-vote/1|a1|id-7|3|2|1')
  expect(ed25519.verify(bytes(signature), text, bytes(key.publicKey))).toBe(true)
  expect(ed25519.verify(bytes(signature), voteText('a1', 'id-7', { ...vote, choice: 2 }), bytes(key.publicKey))).toBe(false)
})

test('a vote on several items is signed over all choices in their order', async () => {
  const key = await deviceKey('a1')
  keepDeviceKey('a1', key)
  const votes = { ballot: 3, round: 2, choices: [1, 0, 3] }
  const signature = await signVotes('a1', 'id-9', votes)
  const text = new TextEncoder().encode('pingyi-votes/2|a1|id-9|3|2|1,0,3')
  expect(ed25519.verify(bytes(signature), text, bytes(key.publicKey))).toBe(true)
  expect(ed25519.verify(bytes(signature), votesText('a1', 'id-9', { ...votes, choices: [0, 1, 3] }), bytes(key.publicKey))).toBe(false)
})

test('a request for a token is signed over the very element that is sent', async () => {
  const key = await deviceKey('a1')
  keepDeviceKey('a1', key)
  const signature = await signTokenRequest('a1', 'id-8', { ballot: 3, round: 2, blinded: 'AbC_-9' })
  const text = new TextEncoder().encode('pingyi-token/1|a1|id-8|3|2|AbC_-9')
  expect(ed25519.verify(bytes(signature), text, bytes(key.publicKey))).toBe(true)
})

test('a phone that joins again is the same device; another appraisal gets another key', async () => {
  const first = await deviceKey('a1')
  keepDeviceKey('a1', first)
  expect(await deviceKey('a1')).toEqual(first)
  expect((await deviceKey('a2')).publicKey).not.toBe(first.publicKey)
  expect((await deviceKey()).publicKey).not.toBe(first.publicKey)
})

test('without a key nothing is signed', async () => {
  await expect(signVote('a1', 'id-7', { ballot: 1, round: 1, choice: 0 })).rejects.toBeInstanceOf(NoDeviceKey)
})
