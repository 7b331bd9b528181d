import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { PublicView } from './public_view.svelte'

const STEP_MS = 7_000
let asked: [string, RequestInit | undefined][] = []
let answer: () => Response

beforeEach(() => {
  vi.useFakeTimers()
  asked = []
  vi.stubGlobal('fetch', (path: string, init?: RequestInit) => {
    asked.push([path, init])
    try {
      return Promise.resolve(answer())
    } catch (error) {
      return Promise.reject(error as Error)
    }
  })
})

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const shows = (title: string) => () => Response.json({ case: { title } })
const away = () => {
  throw new TypeError('no network')
}

async function opened(): Promise<PublicView> {
  const page = new PublicView('a b')
  page.start()
  await vi.advanceTimersByTimeAsync(0)
  return page
}

test('a watcher sees what has changed within some seconds, through whatever keeps answers on the way', async () => {
  answer = shows('述职评议')
  const page = await opened()
  expect([page.status, page.ready, page.view('case')?.title]).toEqual(['live', true, '述职评议'])
  expect(asked[0]?.[0]).toBe('/api/public/a%20b')
  expect(asked[0]?.[1]?.cache).toBe('default')
  answer = shows('述职评议（更正）')
  await vi.advanceTimersByTimeAsync(STEP_MS)
  expect(page.view('case')?.title).toBe('述职评议（更正）')
  page.stop()
  const before = asked.length
  await vi.advanceTimersByTimeAsync(10 * STEP_MS)
  expect(asked.length).toBe(before)
})

test('while the server is away the page says so, keeps what it has, and goes on by itself', async () => {
  answer = shows('述职评议')
  const page = await opened()
  answer = away
  await vi.advanceTimersByTimeAsync(STEP_MS)
  expect([page.status, page.view('case')?.title]).toEqual(['waiting', '述职评议'])
  answer = shows('又来了')
  await vi.advanceTimersByTimeAsync(STEP_MS)
  expect([page.status, page.view('case')?.title]).toEqual(['live', '又来了'])
  page.stop()
})

test('an appraisal that is not there is not asked for again', async () => {
  answer = () => Response.json({ code: 'not_found' }, { status: 404 })
  const page = await opened()
  expect([page.status, page.end, page.ready]).toEqual(['ended', 'no_such_appraisal', false])
  await vi.advanceTimersByTimeAsync(10 * STEP_MS)
  expect(asked.length).toBe(1)
})
