// The office at its desk: what a clerk does there, step by step.
import { expect, fixture, type Hall, type Locator, type Page } from './hall'
import type { Prepared } from './prepare'

export const PASSWORD = '一二三四五六七八九'

/** The steps on the left of a case. */
export async function room(desk: Page, name: string): Promise<void> {
  const step = desk.getByRole('navigation', { name: '准备步骤' }).getByRole('link')
  await step.filter({ has: desk.getByText(name, { exact: true }) }).click()
  await expect(desk.getByRole('main').getByRole('heading', { level: 1, name })).toBeVisible()
}

/** The sample case, at the office's desk. */
export async function openDesk(hall: Hall, link: string): Promise<Page> {
  const desk = await hall.device('desk', link)
  await desk.getByRole('link', { name: '2023年述职评议' }).click()
  return desk
}

/** What a new case is called, and when its sitting is. */
export interface CaseNames {
  title: string
  session: string
  held_on: string
}

const NAMES: CaseNames = { title: '2026年述职评议', session: '第九届常委会第十二次会议', held_on: '2026-11-24' }

/** First start: the set-up link, the first account, a new appraisal. */
export async function newAppraisal(hall: Hall, setupLink: string, base: string, names = NAMES): Promise<Page> {
  const desk = await hall.device('desk', setupLink.replace(/^http:\/\/[^/]+/, base))
  await desk.getByLabel('机关名称').fill('某区人民代表大会常务委员会')
  await desk.getByLabel('账号').fill('办公室')
  await desk.getByLabel('密码', { exact: true }).fill(PASSWORD)
  await desk.getByLabel('再输入一次密码').fill(PASSWORD)
  await desk.getByRole('button', { name: '开通并登录' }).click()
  await expect(desk.getByRole('heading', { name: '全部评议' })).toBeVisible()
  expect(new URL(desk.url()).hash, 'the set-up secret is gone from the address').toBe('')
  await desk.getByRole('button', { name: '新建评议' }).first().click()
  const form = desk.getByRole('dialog')
  await form.getByLabel('评议名称').fill(names.title)
  await form.getByLabel('会议名称').fill(names.session)
  await form.getByLabel('会议日期').fill(names.held_on)
  await form.getByRole('button', { name: '新建评议' }).click()
  await expect(desk.getByRole('heading', { level: 1, name: '基本信息' })).toBeVisible()
  return desk
}

export function rosterFile(desk: Page): Locator {
  return desk.locator('input[type=file]').first()
}

/** Imports the roster of 28 members and 3 attendees. */
export async function importRoster(desk: Page): Promise<void> {
  await room(desk, '名册')
  await rosterFile(desk).setInputFiles(fixture('rosters/corrected.xlsx'))
  await desk.getByRole('button', { name: '导入 31 人' }).click()
  await expect(desk.getByText('已导入 31 人，其中 31 人有口令')).toBeVisible()
}

export interface Officer {
  unit: string
  form: '口头述职' | '书面述职'
}

export async function addSubject(desk: Page, { unit, form }: Officer): Promise<void> {
  await desk.getByRole('button', { name: '增加评议对象' }).first().click()
  const dialog = desk.getByRole('dialog', { name: '增加评议对象' })
  await dialog.getByLabel('单位').fill(unit)
  await dialog.getByLabel('职务').fill('局长')
  await dialog.getByText(form, { exact: true }).click()
  await dialog.getByRole('button', { name: '增加评议对象' }).click()
  await expect(dialog).toBeHidden()
  await expect(desk.getByRole('region', { name: `${unit}局长` })).toBeVisible()
}

export async function upload(desk: Page, unit: string, file: string): Promise<void> {
  const card = desk.getByRole('region', { name: `${unit}局长` })
  await card.locator('input[type=file]').setInputFiles(fixture(`reports/${file}`))
  await expect(card.getByRole('button', { name: `预览：${file}` })).toBeVisible()
}

/** Codes of the seat cards by name, read from the cards that will be printed. */
export async function cardCodes(desk: Page, people: number): Promise<Map<string, string>> {
  const cards = desk.locator('.sheet article')
  await expect(cards).toHaveCount(people)
  const read = await cards.evaluateAll((all) =>
    all.map((card) => [card.querySelector('h2')?.textContent?.trim() ?? '', card.querySelector('.code')?.textContent?.trim() ?? ''] as const),
  )
  return new Map(read)
}

/** A station's link as the office copies it. */
export function stationLink(desk: Page, name: string): Promise<string> {
  return desk.getByRole('textbox', { name, exact: true }).inputValue()
}

/** Signs in to the office and opens its only case, in a room of it. */
export async function signIn(hall: Hall, base: string, { office }: Pick<Prepared, 'office'>, first: string): Promise<Page> {
  const desk = await hall.device('desk', `${base}/desk`)
  await desk.getByLabel('账号').fill(office.account)
  await desk.getByLabel('密码', { exact: true }).fill(office.password)
  await desk.getByRole('button', { name: '登录' }).click()
  await desk.getByRole('link', { name: '2026年述职评议' }).click()
  await room(desk, first)
  return desk
}

/** Brings a file of rules to the room 测评办法. */
export function takeFile(desk: Page, name: string, text: string): Promise<void> {
  return desk.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(text) })
}

/** Ticks every setting that the rules in use assume, one by one, as the office does with its own rules at hand. */
export async function checkRules(desk: Page): Promise<void> {
  await room(desk, '测评办法')
  await desk.getByRole('button', { name: /^逐项核对/ }).click()
  const ticks = desk.getByRole('main').getByRole('checkbox')
  await expect(ticks.first()).toBeVisible()
  for (const tick of await ticks.all()) await tick.check()
  await desk.getByRole('button', { name: '保存核对结果' }).click()
  await expect(desk.getByText('各项均已核对')).toBeVisible()
}

/** The first subject's opinions, with one issue that the office adds itself, drafted and approved on this day. */
export async function approveOpinions(desk: Page, issue: string, day: string): Promise<void> {
  await room(desk, '问题与意见')
  await desk.getByRole('button', { name: '自行添加问题' }).click()
  const adding = desk.getByRole('dialog', { name: '自行添加问题' })
  await adding.getByLabel('问题', { exact: true }).fill(issue)
  await adding.getByText('民生热点', { exact: true }).click()
  await adding.getByLabel('来源').fill('群众来信')
  await adding.getByRole('button', { name: '保存' }).click()
  await expect(adding).toBeHidden()
  await desk.getByLabel('总体评价').fill('履职总体较好。')
  await desk.getByRole('button', { name: '保存草稿' }).click()
  await registerApproval(desk, day)
}

/** The council approved the opinions on this day. */
export async function registerApproval(desk: Page, day: string): Promise<void> {
  await desk.getByRole('button', { name: '登记审议通过' }).click()
  const approving = desk.getByRole('dialog', { name: '主任会议审议' })
  await approving.getByLabel('审议通过日期').fill(day)
  await approving.getByRole('button', { name: '登记审议通过' }).click()
  await expect(approving).toBeHidden()
}

/** Fills in a day that a dialog of the follow-up asks for. */
export async function record(desk: Page, button: string, day: string): Promise<void> {
  await desk.getByRole('button', { name: button }).click()
  const dialog = desk.getByRole('dialog')
  await dialog.locator('input[type=date]').fill(day)
  await dialog.getByRole('button', { name: '保存' }).click()
  await expect(dialog).toBeHidden()
}

/** The day in Beijing, YYYY-MM-DD. */
export const today = () => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)
