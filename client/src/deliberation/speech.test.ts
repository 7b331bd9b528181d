import { expect, test } from 'vitest'
import { standing } from './speech'

const turn = { began_at: 1_000, limit_s: 600 }

test('a begun second of the time left counts whole, and nobody is cut off at zero', () => {
  expect(standing(turn, 1_000)).toEqual({ kind: 'left', time: '10:00' })
  expect(standing(turn, 600_500)).toEqual({ kind: 'left', time: '0:01' })
  expect(standing(turn, 601_000)).toEqual({ kind: 'over', time: '0:00' })
  expect(standing(turn, 666_999)).toEqual({ kind: 'over', time: '1:05' })
})

test('without a limit the time used is shown, also by a clock that is behind', () => {
  expect(standing({ ...turn, limit_s: 0 }, 62_500)).toEqual({ kind: 'used', time: '1:01' })
  expect(standing({ ...turn, limit_s: 0 }, 0)).toEqual({ kind: 'used', time: '0:00' })
})
