// The chair's console: by keyboard alone, against a press that came too late, and in English.
import { expect, goTo, nextButton, type Page, picture, pressNext, standsStill, test, voidBecause } from './hall'

const QUORUM = 15

test('the keyboard alone conducts the sitting', async ({ hall }) => {
  const demo = await hall.demo()
  const chair = await hall.device('console', demo.chair)
  const projector = await hall.device('projector', demo.projector)
  await expect(chair.getByText('第 1 项，共 12 项')).toBeVisible()

  // Without a quorum the button stays reachable, says why and does nothing.
  await tabTo(chair, '进入：区教育局')
  await expect(nextButton(chair)).toBeFocused()
  await expect(nextButton(chair)).toHaveAttribute('aria-disabled', 'true')
  await expect(nextButton(chair)).toHaveAccessibleDescription(`未达到法定人数：实到 0 人，至少需要 ${QUORUM} 人 还差 ${QUORUM} 人。请等待签到，或在“签到名单”中登记已到会人员。`)
  await pressNextByKey(chair, 'Enter')
  await picture(chair, 'chair-no-quorum')
  await expect(chair.getByText('第 1 项，共 12 项')).toBeVisible()

  const phones = await hall.gather(demo.port, demo.members.slice(0, QUORUM).map((one) => one.code))
  await Promise.all(phones.map((phone) => phone.checkIn()))
  await expect(nextButton(chair)).toHaveAttribute('aria-disabled', 'false')
  await expect(nextButton(chair)).toBeFocused()
  await pressNextByKey(chair, 'Enter')
  await expect(chair.getByText('第 2 项，共 12 项')).toBeVisible()
  await expect(projector.getByRole('heading', { name: '区教育局局长' })).toBeVisible()
  await pressNextByKey(chair, 'n')
  await expect(chair.getByText('第 3 项，共 12 项')).toBeVisible()
  await expect(projector.getByRole('heading', { name: '区工信局局长' })).toBeVisible()

  await chair.keyboard.press('1')
  await expect(projector.getByRole('heading', { name: '2023年述职评议' })).toBeVisible()
  await chair.keyboard.press('?')
  await expect(chair.getByRole('dialog')).toContainText('打字时和对话框打开时不起作用')
  await chair.keyboard.press('3')
  await chair.keyboard.press('Escape')
  await expect(chair.getByRole('dialog')).toBeHidden()
  await expect(projector.getByRole('heading', { name: '2023年述职评议' })).toBeVisible()
  await chair.keyboard.press('3')
  await expect(projector.getByRole('heading', { name: '区工信局局长' })).toBeVisible()
})

test('a dialog that was overtaken closes nothing', async ({ hall }) => {
  const demo = await hall.demo()
  const chair = await hall.device('console', demo.chair)
  const tablet = await hall.device('console', demo.chair)
  const operator = await hall.device('console', demo.operator)
  const phones = await hall.gather(demo.port, demo.members.slice(0, QUORUM).map((one) => one.code))
  await Promise.all(phones.map((phone) => phone.checkIn()))
  await expect(operator.getByText('控制权现由主持人持有')).toBeVisible()
  await goTo(chair, '民主测评：区教育局')
  await pressNext(chair, '出示测评')
  await pressNext(chair, '开始测评')
  await pressNext(chair, '结束测评')
  const dialog = chair.getByRole('dialog')
  await expect(dialog).toContainText('还没有人领到测评票。')

  await tablet.getByRole('button', { name: '移交操作员' }).click()
  await tablet.getByRole('dialog').getByRole('button', { name: '移交操作员' }).click()
  await expect(tablet.getByText('控制权现由会务操作员持有')).toBeVisible()
  await operator.getByRole('button', { name: '作废重测' }).click()
  const voiding = operator.getByRole('dialog')
  await voiding.getByRole('button', { name: '作废本轮' }).click()
  await expect(voiding.getByRole('alert')).toHaveText('请选择作废原因')
  await voidBecause(voiding, '程序有误', '测评对象有误')
  await operator.getByRole('button', { name: '交还主持人' }).click()
  await expect(operator.getByText('控制权现由主持人持有')).toBeVisible()

  await expect(dialog.getByRole('status')).toHaveText('画面已变化 “区教育局”的测评现为第 2 轮，未开始。您的操作没有执行，请核对后重新操作。')
  await expect(dialog.getByRole('button', { name: '结束测评' })).toBeDisabled()
  await expect(dialog).not.toContainText('已全部提交')
  await picture(chair, 'chair-overtaken')
  await dialog.getByRole('button', { name: '取消' }).click()
  await expect(chair.getByText('第 1 轮已作废：程序有误（测评对象有误）')).toBeVisible()
  await expect(nextButton(chair)).toContainText('出示测评')
})

test('English and back', async ({ hall }) => {
  const demo = await hall.demo()
  const chair = await hall.device('console', demo.chair)
  await chair.getByRole('button', { name: '切换到英文' }).click()
  await expect(chair.getByRole('heading', { name: 'Chair’s console' })).toBeVisible()
  await expect(chair.getByText('No quorum: 15 more needed').first()).toBeVisible()
  await expect(chair.locator('html')).toHaveAttribute('lang', 'en')
  await chair.reload()
  await expect(chair.getByRole('heading', { name: 'Chair’s console' })).toBeVisible()
  await picture(chair, 'chair-english')
  await chair.getByRole('button', { name: 'Switch to Chinese' }).click()
  await expect(chair.getByRole('heading', { name: '主持控制台' })).toBeVisible()
})

/** Tabs until the focus stands on what says this. */
async function tabTo(page: Page, says: string): Promise<void> {
  const STOPS_MAX = 80
  for (let stop = 0; stop < STOPS_MAX; stop += 1) {
    await page.keyboard.press('Tab')
    if (await page.evaluate((says) => document.activeElement?.textContent?.includes(says) ?? false, says)) return
  }
  throw new Error(`no stop of the Tab key says ${says}`)
}

async function pressNextByKey(console: Page, key: string): Promise<void> {
  await standsStill(console)
  await console.keyboard.press(key)
}
