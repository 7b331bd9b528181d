// The end of the whole speech: results side by side, what the public sees, the closing, the file that anybody can check,
// and the subject's history over the years.
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { room } from './desk'
import { expect, type Page, picture, SCREENS, usable } from './hall'
import { BINARY } from './program'
import { paper, saved } from './saved'
import { type Course, EDUCATION, RESOURCES, TITLE, UNITS } from './whole_before'
import type { Seats } from './whole_sitting'

const GRADES = ['基本满意', '责成继续整改', '整改情况予以认可']

/** Both rectification ballots beside the first result, at the desk and on the officer's own page. */
export async function sideBySide({ desk }: Course, officer: Page): Promise<void> {
  await room(desk, '整改')
  const rounds = desk.getByRole('region', { name: '整改测评与继续整改' }).getByRole('article', { name: `${EDUCATION}局长` })
  await expect(rounds.locator('ol.results b')).toHaveText(GRADES)
  await desk.screenshot({ path: join(SCREENS, 'whole-3-desk-follow-up.png'), fullPage: true })
  await rounds.scrollIntoViewIfNeeded()
  await picture(desk, 'whole-3-desk-rounds')
  await officer.reload()
  const results = officer.getByRole('region', { name: '测评结果' })
  await expect(results.locator('.grade')).toHaveText(GRADES)
  await expect(results).toContainText('第九届常委会第十五次会议')
  await officer.screenshot({ path: join(SCREENS, 'whole-3-subject.png'), fullPage: true })
  await usable(officer, 'subject: all results')
}

/** 在人大网站公开: nothing of opinions and rectification before the office says so. */
export async function publish({ desk }: Course, { citizen }: Seats): Promise<void> {
  await citizen.reload()
  const card = citizen.getByRole('article').filter({ has: citizen.getByRole('heading', { name: `${EDUCATION}局长` }) })
  await expect(card.getByRole('region', { name: `${EDUCATION}：历次测评` }).locator('ol.results b')).toHaveText(GRADES)
  await expect(card.locator('header .grade')).toContainText('基本满意')
  await expect(card.getByText(RESOURCES)).toHaveCount(0)
  await room(desk, '公开')
  await desk.getByRole('button', { name: '现在公开：述职评议意见' }).click()
  await desk.getByRole('button', { name: '现在公开：整改情况' }).click()
  await expect(card.getByRole('region', { name: `${EDUCATION}：述职评议意见` })).toContainText(RESOURCES)
  await expect(card.getByRole('region', { name: `${EDUCATION}：整改情况` })).toContainText('已销号 2 个')
  const third = card.locator('details').filter({ hasText: '第九届常委会第十六次会议' })
  await third.getByText('第九届常委会第十六次会议整改情况测评的票数与核验').tap()
  await expect(third.getByText('15 票', { exact: true })).toBeVisible()
  await citizen.screenshot({ path: join(SCREENS, 'whole-3-public.png'), fullPage: true })
  await usable(citizen, 'public: the whole case')
}

/** 办结；案卷导出，多年以后任何人都能核对. */
export async function closeTheCase({ desk }: Course): Promise<void> {
  expect(await paper(desk, '工作总结')).toContain(TITLE)
  await room(desk, '总览')
  await desk.screenshot({ path: join(SCREENS, 'whole-3-desk-overview.png'), fullPage: true })
  const closing = desk.getByRole('region', { name: '办结' })
  await expect(closing.getByText('各项均已办结。')).toBeVisible()
  await closing.getByRole('button', { name: '办结本案' }).click()
  await desk.getByRole('dialog').getByRole('button', { name: '办结本案' }).click()
  await expect(desk.getByText(/本案已于 2027年8月25日.* 办结/)).toBeVisible()
  await picture(desk, 'whole-3-desk-closed')
  await room(desk, '现场')
  const file = await saved(desk, desk.getByRole('button', { name: '导出案卷' }))
  expect(file.name).toBe(`${TITLE}-案卷.zip`)
  const head = (await desk.locator('code').first().innerText()).trim()
  const verified = execFileSync(BINARY, ['verify', file.path, '--head', head], { encoding: 'utf8' })
  expect(verified).toContain(TITLE)
  expect(verified).toContain('核对通过')
}

/** 历年评议. */
export async function lookBack({ desk, program }: Course): Promise<void> {
  await desk.goto(`${program.base}/desk`)
  await desk.getByLabel('查找单位、职务、姓名、问题或询问').fill('班额')
  await desk.getByRole('button', { name: '查找' }).click()
  const found = desk.getByRole('region', { name: '历年评议' })
  await expect(found.getByText('共 1 条')).toBeVisible()
  await expect(found.locator('.result')).toHaveText(GRADES.map((grade) => new RegExp(`^${grade}`)))
  await expect(found).toContainText('2 个，已销号 2 个')
  await desk.getByLabel('查找单位、职务、姓名、问题或询问').fill('局长')
  await desk.getByRole('button', { name: '查找' }).click()
  await expect(found.getByText(`共 ${UNITS.length} 条`)).toBeVisible()
  await picture(desk, 'whole-3-desk-history')
}
