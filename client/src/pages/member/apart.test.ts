import { expect, test } from 'vitest'
import type { MyBallotView } from '../../protocol/generated'
import { ableForSecret, apartOf, type Parts } from './apart'

const SECRET = { secrecy: 'secret' } as const
const NAMED = { secrecy: 'named' } as const
const my = (over: Partial<MyBallotView> = {}): MyBallotView => ({
  ballot: 1, round: 1, entitled: true, recorded: false, token_taken: false, recused: false, way: 'phone', ...over,
})

test('a phone takes no vote of who is recused, on paper or at the tablet', () => {
  expect(apartOf(NAMED, my(), 'phone')).toBeUndefined()
  expect(apartOf(NAMED, my({ recused: true, entitled: false }), 'phone')).toBe('recused')
  expect(apartOf(NAMED, my({ way: 'paper' }), 'phone')).toBe('paper')
  expect(apartOf(NAMED, my({ way: 'booth' }), 'phone')).toBe('booth')
})

test('the tablet takes the vote of whoever is not on paper and not recused', () => {
  expect(apartOf(NAMED, my({ way: 'booth' }), 'booth')).toBeUndefined()
  expect(apartOf(NAMED, my(), 'booth')).toBeUndefined()
  expect(apartOf(NAMED, my({ way: 'paper' }), 'booth')).toBe('paper')
  expect(apartOf(NAMED, my({ recused: true }), 'booth')).toBe('recused')
})

test('a browser without large numbers, or without any storage, is too old for a secret ballot', () => {
  const whole: Parts = { BigInt, BigUint64Array, Uint8Array, crypto: { getRandomValues: () => {} }, localStorage: {} }
  expect(ableForSecret(whole)).toBe(true)
  expect(ableForSecret({ ...whole, localStorage: undefined, indexedDB: {} })).toBe(true)
  for (const lacks of ['BigInt', 'BigUint64Array', 'Uint8Array', 'crypto', 'localStorage'] as const) {
    expect(ableForSecret({ ...whole, [lacks]: undefined }), lacks).toBe(false)
  }
  const barred = Object.defineProperty({ ...whole }, 'localStorage', {
    get() {
      throw new Error('barred')
    },
  })
  expect(ableForSecret(barred)).toBe(false)
  expect(apartOf(SECRET, my(), 'phone'), 'this test has no storage').toBe('too_old')
  expect(apartOf(NAMED, my(), 'phone')).toBeUndefined()
})
