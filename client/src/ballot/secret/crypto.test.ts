import { ristretto255_oprf } from '@noble/curves/ed25519.js'
import { expect, test } from 'vitest'
import { b64, hex, join, unb64, utf8 } from './bytes'
import {
  castDigest,
  Distrust,
  evaluateBlinded,
  finalize,
  type Issued,
  issuingKey,
  parseHeader,
  receiptHolds,
  shownCode,
  signCast,
  strictVerify,
  castMessage,
  tokenHolds,
  voterKeys,
} from './crypto'
import { bytesOf, Hall, ROUND } from './testing'

const hall = new Hall()
const header = parseHeader(hall.header)
const keys = voterKeys(bytesOf(1), header)

function issue(): Issued {
  const answer = hall.token(1, { id: 'id', round: 1, blinded: b64(keys.blinded), signature: '' })
  if (answer.type !== 'ok') throw new Error(answer.type)
  return answer.body
}

const distrust = (work: () => unknown) => {
  try {
    work()
  } catch (error) {
    if (error instanceof Distrust) return error.code
    throw error
  }
  return 'trusted'
}

test('the formulas give these bytes, now and in every later version', () => {
  expect(hex(header.hash)).toBe('eff837df7059af2013200fb3ab8a202c07e4f7fa53b370e662be95fe1a9dd6cf')
  expect(shownCode(header.hash)).toBe('XZW3-FQVG-B6QJ-04S0')
  expect(hex(keys.votePk)).toBe('8a2090bb455d60f70283d5cf1092f0a0a86117c7e64ab9f6175f6388171b7d33')
  expect(hex(keys.blinded)).toBe('32f3f856aa119ebaf1382274e4102b283ef91200de2f0b66792ae52e86f87b08')
  expect(hex(finalize(header, keys, issue()))).toBe(
    'c168f9b235bc059580f28f8d9b25aac783b9bf5e911c1c902cca8195bf608026e8cf2aeaa2655f147921654f939c3f194357705e511c6fdd077d078439a66eab',
  )
  expect(hex(castDigest(header.hash, 5, [2]))).toBe('d2e1c8561cbb6525d2ca3d002ab9a9a39acfe0158b8af018b92519a5d3140a8f')
  expect(hex(signCast(header, keys, 5, [2]))).toBe(
    '40a3e325ad81b71444d7f4689cecd252b6b2467fe25824289f663efb733a88e3e9e912067c21fc2e4ae171d4e8a6d716a2010fed95ef38f63e2b35ffd66dec0d',
  )
})

test('another implementation derives the same vote key from the same seed', async () => {
  const { subtle } = crypto
  const hash = new Uint8Array(await subtle.digest('SHA-256', utf8(hall.header) as BufferSource))
  const seed = await subtle.importKey('raw', bytesOf(1) as BufferSource, 'HKDF', false, ['deriveBits'])
  const info = utf8('ballot-voter/v1|vote-key') as BufferSource
  const voteSk = new Uint8Array(await subtle.deriveBits({ name: 'HKDF', hash: 'SHA-256', salt: hash, info }, seed, 256))
  const pkcs8 = join(unb64('MC4CAQAwBQYDK2VwBCIEIA', 16), voteSk) as BufferSource
  const { x } = await subtle.exportKey('jwk', await subtle.importKey('pkcs8', pkcs8, 'Ed25519', true, ['sign']))
  expect(hex(keys.voteSk)).toBe(hex(voteSk))
  expect(b64(keys.votePk)).toBe(x)
})

test('the library agrees with RFC 9497, A.1.2, also in the function that its types leave out', () => {
  const { voprf } = ristretto255_oprf
  const key = voprf.deriveKeyPair(bytesOf(0xa3), utf8('test key'))
  expect(hex(key.publicKey)).toBe('c803e2cc6b05fc15064549b5920659ca4a77b2cca6f04f6b357009335476ad4e')
  const { evaluate } = voprf as unknown as { evaluate(secretKey: Uint8Array, input: Uint8Array): Uint8Array }
  expect(hex(evaluate(key.secretKey, Uint8Array.of(0)))).toBe(
    'b58cfbe118e0cb94d79b5fd6a6dafb98764dff49c14e1770b566e42402da1a7da4d8527693914139caee5bd03903af43a491351d23b430948dd50cde10d32b3c',
  )
})

test('the token that the phone computes is the one that the released key gives', () => {
  const token = finalize(header, keys, issue())
  const key = issuingKey(hall.seed, ROUND)
  expect(hex(key.publicKey)).toBe(hex(header.pk))
  expect(tokenHolds(key, header.hash, keys.votePk, token)).toBe(true)
  expect(hex(evaluateBlinded(key, keys.blinded))).toBe(hex(unb64(issue().evaluated, 32)))
  expect(hex(issuingKey(hall.seed, { ...ROUND, round: 2 }).publicKey)).not.toBe(hex(header.pk))
})

test('an answer made with another key, or bent in any part, is refused', () => {
  const { voprf } = ristretto255_oprf
  const right = issue()
  const other = voprf.deriveKeyPair(bytesOf(8), utf8('another key'))
  const marked = voprf.blindEvaluate(other.secretKey, other.publicKey, keys.blinded)
  const take = (bent: Partial<Issued>) => distrust(() => finalize(header, keys, { ...right, ...bent }))
  expect(take({})).toBe('trusted')
  expect(take({ evaluated: b64(marked.evaluated), proof: b64(marked.proof) })).toBe('bad_proof')
  expect(take({ evaluated: b64(marked.evaluated) })).toBe('bad_proof')
  expect(take({ evaluated: b64(bytesOf(0)) })).toBe('bad_proof')
  expect(take({ evaluated: b64(bytesOf(255)) })).toBe('bad_proof')
  expect(take({ proof: b64(unb64(right.proof, 64).subarray(1)) })).toBe('bad_proof')
  expect(take({ proof: b64(bytesOf(0, 64)) })).toBe('bad_proof')
  expect(take({ header: right.header.replace('satisfied', 'content') })).toBe('header_changed')
})

test('only a header of this scheme, whole and in strict spelling, is read', () => {
  const bend = (change: (told: Record<string, unknown>) => void) => {
    const told = JSON.parse(hall.header) as Record<string, unknown>
    change(told)
    return distrust(() => parseHeader(JSON.stringify(told)))
  }
  expect(bend(() => {})).toBe('trusted')
  expect(bend((told) => (told['v'] = 2))).toBe('bad_header')
  expect(bend((told) => (told['scheme'] = 'none'))).toBe('bad_header')
  expect(bend((told) => (told['options'] = []))).toBe('bad_header')
  expect(bend((told) => (told['dimensions'] = 0))).toBe('bad_header')
  expect(bend((told) => (told['pk'] = `${String(told['pk'])}=`))).toBe('bad_header')
  expect(bend((told) => (told['subject'] = '长'.repeat(3000)))).toBe('bad_header')
  expect(distrust(() => parseHeader('no header'))).toBe('bad_header')
})

test('a receipt holds for the vote, key and header that it was given for, and for no other', () => {
  const token = b64(finalize(header, keys, issue()))
  const line = { ...ROUND, vote_pk: b64(keys.votePk), token, seq: 5, choices: [2], sig: b64(signCast(header, keys, 5, [2])) }
  const answer = new Hall().cast(line)
  if (answer.type !== 'ok') throw new Error(answer.type)
  const { receipt } = answer.body
  expect(receiptHolds(header, keys.votePk, castDigest(header.hash, 5, [2]), receipt)).toBe(true)
  expect(receiptHolds(header, keys.votePk, castDigest(header.hash, 5, [3]), receipt)).toBe(false)
  expect(receiptHolds(header, keys.votePk, castDigest(header.hash, 6, [2]), receipt)).toBe(false)
  expect(receiptHolds(header, bytesOf(1), castDigest(header.hash, 5, [2]), receipt)).toBe(false)
  expect(receiptHolds(header, keys.votePk, castDigest(header.hash, 5, [2]), receipt.slice(4))).toBe(false)
})

test('a signature that holds for any message under a weak key does not hold here', () => {
  // Key and nonce are the neutral element and s is 0: lenient verifiers take it for every message.
  const neutral = Uint8Array.from({ length: 32 }, (_, place) => (place === 0 ? 1 : 0))
  const signature = new Uint8Array(64)
  signature.set(neutral)
  expect(strictVerify(signature, castMessage(header.hash, 1, [1]), neutral)).toBe(false)
})

test('one value has one spelling', () => {
  expect(hex(unb64('AQ', 1))).toBe('01')
  for (const spelling of ['AR', 'AQ==', 'AQ=', 'A', '+w', ' AQ', 'AQA']) expect(() => unb64(spelling, 1), spelling).toThrow()
})
