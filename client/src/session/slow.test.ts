import { afterEach, expect, test, vi } from 'vitest'
import { notices } from '../parts/notices.svelte'
import { told } from './slow'

afterEach(() => vi.useRealTimers())

test('who waits for an answer is told that it has not arrived, and who does not wait is told nothing', async () => {
  vi.useFakeTimers()
  await expect(told(Promise.resolve(1))).resolves.toBe(1)
  await expect(told(Promise.reject(new Error('no')))).rejects.toThrow('no')
  vi.advanceTimersByTime(10_000)
  expect(notices()).toEqual([])

  let arrive = (_: number) => {}
  const late = told(new Promise<number>((resolve) => (arrive = resolve)))
  vi.advanceTimersByTime(5_000)
  expect(notices().map((one) => one.text)).toEqual(['网络不通，刚才提交的内容还没有送达。请不要关闭本页，网络恢复后自动提交。'])
  arrive(2)
  await expect(late).resolves.toBe(2)
})
