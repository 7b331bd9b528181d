// What only the office does: who may sit at its desk, links that got out, a lost phone in a secret ballot, the case file.
import { execFileSync } from 'node:child_process'
import { openDesk, PASSWORD, room } from './desk'
import { expect, goTo, picture, pressAndConfirm, pressNext, test, usable } from './hall'
import { checkIn } from './member'
import { BINARY } from './program'

const QUORUM = 15
const READS = '这套无记名投票保护什么、防不住什么'

test('the security notes are read at the desk, and accounts come and go', async ({ hall }) => {
  const demo = await hall.demo()
  const desk = await hall.device('desk', demo.desk)
  await desk.getByRole('button', { name: READS }).click()
  const notes = desk.getByRole('dialog', { name: '这套无记名投票保护什么' })
  await expect(notes.getByRole('heading', { name: '防不住的，请如实告知' })).toBeVisible()
  await picture(desk, 'desk-security-notes')
  await notes.getByRole('button', { name: '返回' }).click()

  await desk.getByRole('button', { name: '账号', exact: true }).click()
  const list = desk.getByRole('dialog', { name: '账号管理' })
  await expect(list.getByText('至少保留一个账号')).toBeVisible()
  await list.getByRole('button', { name: '新增账号' }).click()
  await list.getByLabel('账号').fill('王秘书')
  await list.getByLabel('密码', { exact: true }).fill(PASSWORD)
  await list.getByLabel('再输入一次密码').fill(PASSWORD)
  await list.getByRole('button', { name: '新增账号' }).click()
  await expect(list.getByRole('button', { name: '换密码：王秘书' })).toBeVisible()

  const clerk = await hall.device('desk', `${demo.base}/desk`)
  await clerk.getByLabel('账号').fill('王秘书')
  await clerk.getByLabel('密码').fill(PASSWORD)
  await clerk.getByRole('button', { name: '登录' }).click()
  await clerk.getByRole('link', { name: '2023年述职评议' }).click()
  await expect(clerk.getByRole('heading', { level: 1, name: '总览' })).toBeVisible()

  await list.getByRole('button', { name: '换密码：王秘书' }).click()
  await list.getByLabel('密码', { exact: true }).fill(`${PASSWORD}十`)
  await list.getByLabel('再输入一次密码').fill(`${PASSWORD}十`)
  await usable(desk, 'desk: the accounts')
  await picture(desk, 'desk-accounts')
  await list.getByRole('button', { name: '保存' }).click()
  await expect(clerk.getByRole('dialog', { name: '登录已失效，请重新登录' })).toBeVisible()
  await clerk.getByLabel('账号').fill('王秘书')
  await clerk.getByLabel('密码').fill(`${PASSWORD}十`)
  await clerk.getByRole('dialog').getByRole('button', { name: '登录' }).click()
  await expect(clerk.getByRole('dialog', { name: '登录已失效，请重新登录' })).toBeHidden()

  await list.getByRole('button', { name: '移除：王秘书' }).click()
  await desk.getByRole('dialog', { name: '移除账号' }).getByRole('button', { name: '移除' }).click()
  await expect(clerk.getByRole('dialog', { name: '登录已失效，请重新登录' })).toBeVisible()
  await expect(list.getByText('至少保留一个账号')).toBeVisible()
})

test('a link that got out is replaced and its page goes dark', async ({ hall }) => {
  const demo = await hall.demo()
  const projector = await hall.device('projector', demo.projector)
  const desk = await openDesk(hall, demo.desk)
  await room(desk, '会场入口')
  await expect(desk.getByText('已连接 1 台').first()).toBeVisible()
  await usable(desk, 'desk: the entrances')
  await picture(desk, 'desk-stations')
  await desk.getByRole('button', { name: '换新链接：大屏' }).click()
  await desk.getByRole('dialog').getByRole('button', { name: '换新链接' }).click()
  await expect(desk.getByRole('textbox', { name: '大屏' })).not.toHaveValue(demo.projector)
  await expect(projector.getByText('本屏的链接已失效')).toBeVisible()
  await picture(projector, 'projector-link-replaced')
  const again = await hall.device('projector', await desk.getByRole('textbox', { name: '大屏' }).inputValue())
  await expect(again.locator('.code b')).toBeVisible()
})

test('a phone lost in a secret ballot is told of, and the case file is taken when it is over', async ({ hall }) => {
  const demo = await hall.demo()
  const chair = await hall.device('console', demo.chair)
  const { name, card } = demo.members[0]!
  const phone = await hall.device('phone', card)
  await checkIn(phone)
  const others = await hall.gather(demo.port, demo.members.slice(1, QUORUM).map((one) => one.code))
  await Promise.all(others.map((one) => one.checkIn()))
  const desk = await openDesk(hall, demo.desk)
  await goTo(chair, '民主测评：区教育局')
  await pressNext(chair, '出示测评')
  await expect(phone.getByText('您的测评票已领到')).toBeVisible()

  await room(desk, '现场')
  await expect(desk.getByRole('button', { name: '导出案卷' })).toBeDisabled()
  await expect(desk.getByText('投票期间的数据不外拷')).toBeVisible()
  await picture(desk, 'desk-export-during-ballot')

  await room(desk, '名册')
  await desk.getByRole('button', { name: `换发席卡：${name}` }).click()
  const asks = desk.getByRole('dialog')
  await expect(asks).toContainText('新手机本轮不能补领，从下一轮起参加')
  await picture(desk, 'desk-reissue-asks')
  await asks.getByRole('button', { name: '换发席卡' }).click()
  await expect(desk.getByRole('alert').filter({ hasText: '本轮的票已经领到原来的手机上' })).toBeVisible()
  const row = desk.getByRole('row').filter({ hasText: name })
  await expect(row).toContainText('本轮的票在原手机上，下一轮起参加')
  await usable(desk, 'desk: a phone left with its paper')
  await picture(desk, 'desk-reissued')

  await pressNext(chair, '开始测评')
  await pressAndConfirm(chair, '结束测评', '结束测评')
  await expect(row).not.toContainText('本轮的票在原手机上')
  await pressAndConfirm(chair, '公布结果', '公布')
  await room(desk, '现场')
  const saved = desk.waitForEvent('download')
  await desk.getByRole('button', { name: '导出案卷' }).click()
  const file = await (await saved).path()
  expect((await saved).suggestedFilename()).toBe('2023年述职评议-案卷.zip')
  await expect(desk.getByText(/^已交浏览器下载：.+共 \d+ 条记录$/)).toBeVisible()
  const head = (await desk.locator('code').first().innerText()).trim()
  expect(execFileSync(BINARY, ['verify', file, '--head', head], { encoding: 'utf8' })).toContain('2023年述职评议')
  await usable(desk, 'desk: the case file')
  await desk.locator('code').first().scrollIntoViewIfNeeded()
  await picture(desk, 'desk-exported')
})
