// A member with a phone.
import { expect, type Page } from './hall'

export type Tab = '会议' | '材料' | '询问' | '测评'

export async function turnTo(phone: Page, tab: Tab): Promise<void> {
  const button = phone.getByRole('navigation', { name: '栏目' }).getByRole('button', { name: tab })
  await button.tap()
  await expect(button).toHaveAttribute('aria-current', 'page')
}

export async function checkIn(phone: Page): Promise<void> {
  await phone.getByRole('button', { name: '签到', exact: true }).tap()
  await expect(phone.getByText('已签到', { exact: true })).toBeVisible()
}

/** Types a card's code as somebody does whose phone cannot scan. */
export async function enterByCode(phone: Page, code: string): Promise<void> {
  await phone.getByLabel('席卡代码').fill(code)
  await phone.getByRole('button', { name: '进入会议' }).tap()
}

export async function enterByName(phone: Page, name: string, pin: string): Promise<void> {
  await phone.getByLabel('您的姓名').fill(name)
  await phone.getByLabel('口令', { exact: true }).fill(pin)
  await phone.getByRole('button', { name: '进入会议' }).tap()
}

export async function write(phone: Page, text: string, visibility = '公开并署名'): Promise<void> {
  await turnTo(phone, '询问')
  await phone.getByRole('button', { name: '我要询问' }).tap()
  await phone.getByLabel('询问内容').fill(text)
  await phone.getByText(visibility, { exact: true }).tap()
}

export async function ask(phone: Page, text: string, visibility = '公开并署名'): Promise<void> {
  await write(phone, text, visibility)
  await phone.getByRole('button', { name: `提交（${visibility}）` }).tap()
  await expect(phone.getByRole('status').filter({ hasText: '询问已提交' })).toBeVisible()
}

export async function vote(phone: Page, option: string): Promise<void> {
  await phone.getByRole('radio', { name: option, exact: true }).check({ force: true })
  await phone.getByRole('button', { name: `提交“${option}”` }).tap()
}

/** What somebody sees who looks over a shoulder: that there is a vote, and nothing of which. */
export async function recordedWithoutChoice(phone: Page): Promise<void> {
  await expect(phone.getByRole('heading', { name: '已记录' })).toBeVisible()
  expect(await phone.locator('body').innerText()).not.toMatch(/满意(?!度)|弃权/)
}
