import { IDBFactory } from 'fake-indexeddb'
import { beforeEach, expect, test, vi } from 'vitest'
import { b64, hex } from './bytes'
import { Places } from './places'
import type { TabChannel } from './seed'
import { countedRandom, newPhone, type Phone, ROUND, tabOf } from './testing'

let phone: Phone
beforeEach(() => {
  phone = newPhone(new IDBFactory())
})

/** Tabs that hear each other, as over a BroadcastChannel. */
function corridor(): () => TabChannel {
  const tabs = new Set<TabChannel>()
  return () => {
    const tab: TabChannel = {
      onmessage: null,
      postMessage(word) {
        for (const other of tabs) if (other !== tab) queueMicrotask(() => other.onmessage?.({ data: structuredClone(word) } as MessageEvent))
      },
      close: () => void tabs.delete(tab),
    }
    tabs.add(tab)
    return tab
  }
}

test('a reload finds the same seed, another round has another', async () => {
  const first = await tabOf(phone).seedFor(ROUND)
  expect(hex(await tabOf(phone, countedRandom('later')).seedFor(ROUND))).toBe(hex(first))
  expect(hex(await tabOf(phone, countedRandom('later')).seedFor({ ...ROUND, round: 2 }))).not.toBe(hex(first))
})

test('a seed is back when the browser cleared either of the two places', async () => {
  const first = await tabOf(phone).seedFor(ROUND)
  phone.local!.clear()
  expect(hex(await tabOf(phone, countedRandom('later')).seedFor(ROUND))).toBe(hex(first))
  phone.indexed = new IDBFactory()
  expect(hex(await tabOf(phone, countedRandom('later')).seedFor(ROUND))).toBe(hex(first))
})

test('two tabs that start in the same moment use one seed', async () => {
  const [a, b] = await Promise.all([tabOf(phone, countedRandom('a')).seedFor(ROUND), tabOf(phone, countedRandom('b')).seedFor(ROUND)])
  expect(hex(a)).toBe(hex(b))
})

test('two tabs agree where neither place decides between them', async () => {
  // Two processes that see the other's localStorage too late, and no database.
  const channel = corridor()
  const [one, other] = [newPhone(undefined), newPhone(undefined)]
  const [a, b] = await Promise.all([tabOf(one, countedRandom('a'), channel).seedFor(ROUND), tabOf(other, countedRandom('b'), channel).seedFor(ROUND)])
  expect(hex(a)).toBe(hex(b))
  expect(one.local!.getItem(one.local!.key(0)!)).toBe(other.local!.getItem(other.local!.key(0)!))
})

test('a seed that went to the server wins over one that a tab has just made', async () => {
  const channel = corridor()
  for (const name of ['x', 'y', 'z', 'w']) {
    const early = tabOf(newPhone(undefined), countedRandom('early'), channel)
    const seed = await early.seedFor({ ...ROUND, appraisal: name })
    early.use({ ...ROUND, appraisal: name }, seed)
    const late = await tabOf(newPhone(undefined), countedRandom(name), channel).seedFor({ ...ROUND, appraisal: name })
    expect(hex(late)).toBe(hex(seed))
    early.close()
  }
})

test('forgetting takes the seed out of both places', async () => {
  const tab = tabOf(phone)
  await tab.seedFor(ROUND)
  await tab.forget(ROUND)
  expect(await tab.kept(ROUND)).toBeUndefined()
  expect(await tabOf(phone).kept(ROUND)).toBeUndefined()
  expect(phone.local!.length).toBe(0)
})

test('where nothing can be kept the page goes on with one seed of its own', async () => {
  const tab = tabOf({ local: undefined, indexed: undefined })
  expect(hex(await tab.seedFor(ROUND))).toBe(hex(await tab.seedFor(ROUND)))
})

test('what stands in storage and is no seed is not used', async () => {
  const seed = await tabOf(phone).seedFor(ROUND)
  phone.local!.setItem(phone.local!.key(0)!, 'x')
  expect(hex((await tabOf(phone).kept(ROUND))!)).toBe(hex(seed))
})

test('others than the refused seed are found where they are kept', async () => {
  const used = await tabOf(phone).seedFor(ROUND)
  phone.indexed = new IDBFactory()
  const key = phone.local!.key(0)!
  phone.local!.removeItem(key)
  const tab = tabOf(phone, countedRandom('second'))
  const refused = await tab.seedFor(ROUND)
  phone.local!.setItem(key, b64(used))
  expect((await tab.others(ROUND, refused)).map(hex)).toEqual([hex(used)])
  await tab.adopt(ROUND, used)
  expect(hex((await tabOf(phone).kept(ROUND))!)).toBe(hex(used))
})

test('the trial at joining tells both places, one or none, and leaves nothing', async () => {
  const full = new Proxy(phone.local!, { get: (store, name) => (name === 'setItem' ? () => { throw new Error('full') } : Reflect.get(store, name)) })
  const works = (local: Storage | undefined, indexed: IDBFactory | undefined) => new Places({ local: () => local, indexed: () => indexed }).works()
  expect(await works(phone.local, phone.indexed)).toBe('both')
  expect(phone.local!.length).toBe(0)
  expect(await works(full, phone.indexed)).toBe('one')
  expect(await works(phone.local, undefined)).toBe('one')
  expect(await works(full, undefined)).toBe('none')
})

test('a database that never answers holds nobody up', async () => {
  vi.useFakeTimers()
  const silent = { open: () => ({}) } as unknown as IDBFactory
  const seed = tabOf({ local: phone.local, indexed: silent }).seedFor(ROUND)
  await vi.runAllTimersAsync()
  expect(hex(await seed)).toBe(hex((await tabOf({ local: phone.local, indexed: undefined }).kept(ROUND))!))
  vi.useRealTimers()
})
