import { expect, test } from 'vitest'
import type { AccountView } from '../../../protocol/generated'
import { ApiError } from '../../../session/api'
import { AccountList } from './accounts.svelte'

const OWN: AccountView = { account: 1, name: '办公室', own: true }
const CLERK: AccountView = { account: 2, name: '王秘书', own: false }

function office(answer: (path: string) => unknown) {
  const asked: string[] = []
  const ask = async (path: string) => {
    asked.push(path)
    return answer(path)
  }
  return { asked, get: ask as never, post: ask as never }
}

test('the list is read again after a change', async () => {
  let accounts = [OWN, CLERK]
  const desk = office((path) => {
    if (path === '/api/accounts') return { accounts }
    accounts = [OWN]
    return {}
  })
  const list = new AccountList(desk)
  await list.load()
  expect(list.accounts).toEqual([OWN, CLERK])
  expect(await list.remove(CLERK)).toBe(true)
  expect(list.accounts).toEqual([OWN])
  expect(desk.asked).toContain('/api/accounts/2/remove')
})

test('a refusal is said and changes nothing on the page', async () => {
  const desk = office((path) => {
    if (path === '/api/accounts') return { accounts: [OWN] }
    throw new ApiError('refused', 409, { code: 'last_account' })
  })
  const list = new AccountList(desk)
  await list.load()
  expect(await list.remove(OWN)).toBe(false)
  expect(list.trouble).toContain('最后一个账号')
  expect(list.accounts).toEqual([OWN])
})
