import { expect, test } from 'vitest'
import type { LotView } from '../../protocol/generated'
import { drawHolds } from './lot_check'

/** Drawn as docs/lots.md says, with the SHA-256 of another program. */
const LOT: LotView = {
  lot: 1,
  purpose: 'oral_report',
  state: 'drawn',
  draw: 2,
  called_at: 1,
  commitment: 'f9fa5c699354e46a448f75765ae99bf06741d541ab6c337c0f3722850adbb136',
  called: '三十七',
  seed: '5eed'.repeat(16),
  drawn_at: 2,
  cancelled_because: '',
  candidates: [
    { subject: 1, unit: '单位1', officer: '', digest: '33d2ccc9d797d0638c92aa8be7b2dd3dc4e3e17914c969196160edcb8f9ab4f5' },
    { subject: 3, unit: '单位3', officer: '', digest: '398370281230f04b6c188114de87d6436329af6670db2ec141fea56be6956bc1' },
    { subject: 2, unit: '单位2', officer: '', digest: '66f352b9827333aa7cccee365a7dc654055a12030237a3a8ffb1451110651390' },
    { subject: 4, unit: '单位4', officer: '', digest: 'afa604ca2a4c1d3e6098ad9d2e8768a3099ee0a77dc53605c70268b7c8bdc8f3' },
  ],
}

test('a lot that was drawn as it is told holds', () => {
  expect(drawHolds(LOT)).toBe(true)
})

test('another seed, another call or another order is found out', () => {
  expect(drawHolds({ ...LOT, seed: '5eee'.repeat(16) }), 'the seed').toBe(false)
  expect(drawHolds({ ...LOT, seed: '' }), 'no seed').toBe(false)
  expect(drawHolds({ ...LOT, called: '三十八' }), 'what was called out').toBe(false)
  expect(drawHolds({ ...LOT, candidates: [...LOT.candidates].reverse() }), 'who was drawn').toBe(false)
})
