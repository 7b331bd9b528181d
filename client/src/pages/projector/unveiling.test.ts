import { afterEach, expect, test, vi } from 'vitest'
import { Unveiling } from './unveiling.svelte'

const motion = (reduce: boolean) => vi.stubGlobal('matchMedia', () => ({ matches: reduce }))

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

test('a hall that waited sees the drawn ones one after the other', () => {
  vi.useFakeTimers()
  motion(false)
  const unveiling = new Unveiling()
  unveiling.run(2, true)
  expect(unveiling.shown).toBe(0)
  vi.advanceTimersByTime(2_000)
  expect(unveiling.shown).toBe(1)
  vi.advanceTimersByTime(60_000)
  expect(unveiling.shown).toBe(2)
})

test('a screen that comes later, or that asks for no motion, shows them at once', () => {
  motion(false)
  const late = new Unveiling()
  late.run(2, false)
  expect(late.shown).toBe(2)
  motion(true)
  const still = new Unveiling()
  still.run(2, true)
  expect(still.shown).toBe(2)
})
