import { expect, test } from 'vitest'
import { instantOf } from './instant'

test('a whole moment is read, half a one is not', () => {
  expect(instantOf('2024-03-08T09:30')).toBe(new Date(2024, 2, 8, 9, 30).getTime())
  expect(instantOf('2024-03-08')).toBeUndefined()
  expect(instantOf('')).toBeUndefined()
})
