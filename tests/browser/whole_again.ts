// The later sittings of the whole speech: rectification is voted down, ordered to go on and reported again, then accepted.
import { join } from 'node:path'
import { checkRules, room } from './desk'
import { expect, nextButton, type Page, picture, pressAndConfirm, pressNext, SCREENS, tally, usable } from './hall'
import { checkIn, turnTo, vote } from './member'
import { CLASSES, type Course, EDUCATION, later, UNITS } from './whole_before'
import { check, close, complete, file } from './whole_rectification'
import { fillSheet, PRESENT, ROSTER, type Seats, votesOf } from './whole_sitting'

const [SECOND, THIRD] = ['第九届常委会第十五次会议', '第九届常委会第十六次会议'] as const
const SECOND_ON = '2027-07-07'
const UNTIL = '2027-08-09'
const AGAIN_ON = '2027-08-06'
const THIRD_ON = '2027-08-25'
const RULE = '六盘水某区整改情况满意度测评'

/** Every screen of a later sitting as it is now, for whoever looks at the tests' output. */
async function pictures(what: string, pages: Record<string, Page>): Promise<void> {
  for (const [name, page] of Object.entries(pages)) await picture(page, `whole-${what}-${name}`)
  const { chair } = pages
  if (!chair || !what.endsWith('announced')) return
  await chair.setViewportSize({ width: 1920, height: 1080 })
  await picture(chair, `whole-${what}-chair-wide`)
  await chair.setViewportSize({ width: 1366, height: 768 })
}

/** The committee meets again: its name and day, its rule, its agenda. */
async function convene(course: Course, name: string, on: string, sheet: 'one' | 'two'): Promise<void> {
  const { desk } = course
  await later(course, on, desk)
  await room(desk, '整改')
  await desk.getByRole('button', { name: '召集下一次会议' }).click()
  const dialog = desk.getByRole('dialog', { name: '召集下一次会议' })
  await dialog.getByLabel('会议名称').fill(name)
  await dialog.getByLabel('会议日期').fill(on)
  await dialog.getByRole('button', { name: '召集下一次会议' }).click()
  await expect(dialog).toBeHidden()
  if (sheet === 'two') {
    await room(desk, '测评办法')
    await desk.getByRole('button', { name: `选这份：${RULE}` }).click()
    await desk.getByRole('dialog').getByRole('button', { name: '换成这份' }).click()
    await desk.getByRole('button', { name: '采用这份办法' }).click()
    await checkRules(desk)
  }
  await room(desk, '议程')
  await desk.getByRole('button', { name: '按评议对象生成议程' }).click()
  await expect(desk.getByLabel('标题 2')).toHaveValue(`${EDUCATION}局长报告整改情况`)
  // 区工信局's is accepted after the second sitting; the other two are not evaluated in this story.
  for (const unit of UNITS.slice(2)) {
    await desk.getByRole('button', { name: `删除：整改情况测评：${unit}` }).click()
    await desk.getByRole('button', { name: `删除：${unit}局长报告整改情况` }).click()
  }
  if (sheet === 'two') {
    await desk.getByRole('button', { name: '合并为一张测评表' }).click()
    await desk.getByRole('dialog').getByRole('button', { name: '合并 2 个对象' }).click()
  }
  await desk.getByRole('button', { name: '保存' }).click()
  await expect(desk.getByText('有未保存的修改')).toHaveCount(0)
  await picture(desk, `whole-desk-agenda-${sheet}`)
}

/** Opens the sitting: nobody's check-in of the last one counts. */
async function gather(course: Course, { chair, projector, citizen, others }: Seats): Promise<void> {
  const { leader, speaker } = course
  await Promise.all([leader, speaker, chair, projector, citizen].map((page) => page.reload()))
  await pressNext(chair, '开放签到')
  await Promise.all([checkIn(leader), checkIn(speaker), ...others.map((one) => one.checkIn())])
  await expect(chair.getByText('符合法定人数').first()).toBeVisible()
}

/** 整改情况满意度测评 of two subjects on one sheet; 区教育局's is not accepted. */
export async function meetAgain(course: Course, seats: Seats): Promise<void> {
  const { desk, leader, speaker } = course
  const { chair, projector, citizen, others } = seats
  await convene(course, SECOND, SECOND_ON, 'two')
  await joinTheRoster(desk)
  await room(desk, '整改')
  await expect(desk.getByRole('region', { name: '各次会议' })).toContainText(`应到 ${ROSTER} 人，实到 ${PRESENT} 人`)
  await gather(course, seats)
  await chair.keyboard.press('2')
  await expect(projector.getByText('应到').first()).toBeVisible()
  await pictures('2-check-in', { projector, chair })
  await pressNext(chair, `${EDUCATION}局长报告整改情况`)
  await expect(projector.getByRole('heading', { name: `${EDUCATION}局长` })).toBeVisible()
  await pictures('2-report', { projector, chair, phone: leader })
  await noLongerOfReports(projector)
  await pressNext(chair, `${UNITS[1]}局长报告整改情况`)
  await pressNext(chair, '审议')
  await pressNext(chair, '整改情况测评')
  await pressNext(chair, '出示测评')
  await expect(leader.getByText('您的 2 张测评票已领到')).toBeVisible()
  await expect(projector.getByText('请对各单位的整改情况逐项测评')).toBeVisible()
  await pictures('2-presented', { projector, chair, phone: leader })
  await pressNext(chair, '开始测评')
  await Promise.all([
    fillSheet(leader, ['不满意', '满意']),
    fillSheet(speaker, ['满意', '满意']),
    ...others.map((one, at) => one.voteSheet([5, 6], [at < DISSATISFIED - 1 ? 2 : 1, 0])),
  ])
  await pictures('2-open', { projector, chair, phone: leader })
  await pressAndConfirm(chair, '结束测评', '结束测评')
  await expect(chair.getByText('各项票数核对一致')).toBeVisible()
  await pictures('2-sealed', { projector, chair, phone: leader })
  await pressAndConfirm(chair, '公布结果', '公布结果')
  await expect(projector.locator(`[data-unit="${EDUCATION}"] .grade`)).toHaveText('责成继续整改')
  await expect(projector.locator(`[data-unit="${UNITS[1]}"] .grade`)).toHaveText('整改情况予以认可')
  expect(await votesOf(projector, EDUCATION)).toEqual([1, PRESENT - 1 - DISSATISFIED, DISSATISFIED])
  await expect(leader.getByText('您的 2 张票都在公布的票箱中，未被改动')).toBeVisible()
  await noLongerOfReports(projector)
  await pictures('2-announced', { projector, chair, phone: leader, citizen, desk })
  await tallySheet(chair, '2')
  await usable(projector, 'projector: rectification announced')
  await adjourn(chair)
  await pictures('2-closed', { projector, chair, phone: leader })
}

/** More than half of all 29, and not merely of those present. */
const DISSATISFIED = 15

/** That day's roster: a member who was not on it before. */
async function joinTheRoster(desk: Page): Promise<void> {
  await room(desk, '名册')
  await desk.getByRole('button', { name: '增加人员' }).click()
  const dialog = desk.getByRole('dialog', { name: '增加人员' })
  await dialog.getByLabel('姓名').fill('委员 29')
  await dialog.getByRole('button', { name: '增加人员' }).click()
  await expect(dialog).toBeHidden()
  await expect(desk.getByText(`组成人员 ${ROSTER + 1} 人，列席人员 3 人`).first()).toBeVisible()
}

/** A sitting on rectification speaks of 述职 in the case's name alone. */
async function noLongerOfReports(screen: Page): Promise<void> {
  const lines = (await screen.locator('main').innerText()).split('\n').filter((line) => line.includes('述职') && !line.includes('述职评议'))
  expect.soft(lines, 'speaks of 述职').toEqual([])
}

/** What the scrutineers sign. */
async function tallySheet(chair: Page, what: string): Promise<void> {
  await chair.emulateMedia({ media: 'print' })
  await expect(chair.locator('.tally-sheet').first()).toContainText(`对${EDUCATION}局长整改情况测评`)
  await chair.screenshot({ path: join(SCREENS, `whole-${what}-tally-sheet.png`), fullPage: true })
  await chair.emulateMedia({ media: 'screen' })
}

async function adjourn(chair: Page): Promise<void> {
  await pressNext(chair, '讲话')
  await pressAndConfirm(chair, '宣布散会', '宣布散会')
  await expect(nextButton(chair)).toContainText('会议已结束')
}

/** 过半数不满意的，主任会议责成继续整改，并在规定时限内再次报告. */
export async function orderAndReport(course: Course, officer: Page): Promise<void> {
  const { desk } = course
  await room(desk, '整改')
  const rounds = desk.getByRole('region', { name: '整改测评与继续整改' }).getByRole('article', { name: `${EDUCATION}局长` })
  await expect(rounds.getByRole('listitem').filter({ hasText: '须继续整改' })).toContainText('责成继续整改')
  await rounds.getByRole('button', { name: `登记责成继续整改：${EDUCATION}局长` }).click()
  const dialog = desk.getByRole('dialog')
  await dialog.getByLabel('责成日期').fill(SECOND_ON)
  await dialog.getByLabel('再次报告期限').fill(UNTIL)
  await dialog.getByLabel('说明').fill('第三十六次主任会议决定')
  await dialog.getByRole('button', { name: '保存' }).click()
  await expect(rounds).toContainText('2027年7月7日 责成继续整改，2027年8月9日 前再次报告（第三十六次主任会议决定）')
  await expect(desk.getByRole('row', { name: /再次报告整改情况/ })).toContainText('2027年8月9日')
  await officer.reload()
  await expect(officer.getByRole('region', { name: '再次整改情况报告' })).toContainText('2027年8月9日 前报送')
  await picture(officer, 'whole-2-subject')

  await later(course, AGAIN_ON, desk, officer)
  await complete(officer, CLASSES)
  await file(officer, '报送：再次整改情况报告', '两所学校已建成招生，大班额已消除。')
  await expect(officer.getByRole('region', { name: '再次整改情况报告' })).toContainText('2027年8月6日 报送')
  await room(desk, '整改台账')
  await check(desk, CLASSES, '整改到位', '', AGAIN_ON)
  await close(desk, CLASSES, AGAIN_ON)
  await desk.getByRole('button', { name: `收下：${EDUCATION}局长 整改情况报告` }).click()
  await expect(desk.getByRole('region', { name: `${EDUCATION}局长` })).toContainText('共 2 个问题，已销号 2 个')
  await picture(desk, 'whole-desk-ledger-closed')
}

/** The third sitting: one subject, satisfied. */
export async function meetForTheLastTime(course: Course, seats: Seats): Promise<void> {
  const { leader, speaker } = course
  const { chair, projector, citizen, others } = seats
  await convene(course, THIRD, THIRD_ON, 'one')
  await gather(course, seats)
  await pressNext(chair, `${EDUCATION}局长报告整改情况`)
  await pressNext(chair, '审议')
  await pressNext(chair, `整改情况测评：${EDUCATION}`)
  await pictures('3-item', { projector, chair, phone: leader })
  await pressNext(chair, '出示测评')
  await expect(projector.getByText(`对${EDUCATION}局长的整改情况进行满意度测评`)).toBeVisible()
  await expect(leader.getByText('您的测评票已领到')).toBeVisible()
  await pictures('3-presented', { projector, chair, phone: leader })
  await pressNext(chair, '开始测评')
  await expect(leader.getByRole('heading', { name: '请对其整改情况进行测评' })).toBeVisible()
  await pictures('3-choosing', { phone: leader })
  await vote(leader, '基本满意')
  await vote(speaker, '满意')
  await Promise.all(others.map((one, at) => one.vote(7, at < 4 ? 2 : 0)))
  await pictures('3-open', { projector, chair, phone: leader })
  await pressAndConfirm(chair, '结束测评', '结束测评')
  await expect(chair.getByText('票数核对一致')).toBeVisible()
  await pictures('3-sealed', { projector, chair, phone: leader })
  await pressAndConfirm(chair, '公布结果', '公布结果')
  await expect(projector.getByText('整改情况予以认可').first()).toBeVisible()
  await expect.poll(() => tally(projector)).toEqual({ 满意: 15, 基本满意: 1, 不满意: 4 })
  await expect(leader.getByText('您的一票已在公布的票箱中，未被改动')).toBeVisible()
  await noLongerOfReports(projector)
  await pictures('3-announced', { projector, chair, phone: leader, citizen })
  await tallySheet(chair, '3')
  await leader.getByRole('button', { name: '返回会议' }).first().tap()
  await turnTo(leader, '测评')
  await leader.screenshot({ path: join(SCREENS, 'whole-3-phone-ballots.png'), fullPage: true })
  await adjourn(chair)
  await pictures('3-closed', { projector, chair, phone: leader })
}
