// Three months of rectification in the whole speech: what is sent and filed in time, what is late, what is found out.
import { record, room } from './desk'
import { expect, fixture, type Page, picture, usable } from './hall'
import { turnTo } from './member'
import { paper, saved } from './saved'
import { CLASSES, type Course, EDUCATION, later, RESOURCES, UNITS } from './whole_before'
import { withTheOffice } from './whole_opinions'

const SENT_ON = '2027-03-23'
const PLANNED_ON = '2027-04-14'
const PROMISED = '2027-05-31'
/** Three days after what was promised. */
const CHECKED_ON = '2027-06-03'
/** Two days after the report was due. */
const REPORTED_ON = '2027-06-23'
const COMMITTEE = '教育科学文化卫生工作委员会'

/** 会后一周内报送区委，抄送一府一委两院. */
export async function sendTheResults(course: Course): Promise<void> {
  const { desk } = course
  await later(course, SENT_ON, desk)
  expect(await paper(desk, '评议结果报告（报区委）')).toMatch(new RegExp(`区委[\\s\\S]*${EDUCATION}`))
  expect(await paper(desk, '抄送函（送一府一委两院）')).toContain('2027年3月17日')
  await room(desk, '整改')
  await record(desk, '登记办结：办公室：向区委报送评议结果和评议意见', SENT_ON)
  await expect(desk.getByRole('row', { name: /向区委报送/ })).toContainText('2027年3月23日 办结')
}

/** 1个月内将整改方案报送: each issue has its cause, measure, owner and last day first. */
export async function fileThePlan(course: Course, officer: Page): Promise<void> {
  const { desk, program } = course
  await later(course, PLANNED_ON, desk, officer)
  for (const text of [CLASSES, RESOURCES]) {
    await officer.getByRole('button', { name: `填写整改情况：${text}` }).tap()
    await officer.getByLabel('原因分析').fill('学位规划滞后。')
    await officer.getByLabel('整改措施').fill('新建两所学校。')
    await officer.getByLabel('整改目标').fill('班额降到四十五人以下。')
    await officer.getByLabel('责任人').fill('副局长')
    await officer.getByLabel('完成时限').fill(PROMISED)
    await officer.getByText('正在整改', { exact: true }).last().tap()
    await officer.getByRole('button', { name: '保存' }).tap()
    await expect(officer.getByRole('button', { name: '保存' })).toHaveCount(0)
  }
  await expect(officer.getByRole('region', { name: '整改方案' })).toContainText('2027年4月19日 前报送')
  await file(officer, '报送整改方案', '今年新建两所学校。')
  await expect(officer.getByRole('region', { name: '整改方案' })).toContainText('2027年4月14日 报送')
  await room(desk, '整改台账')
  await desk.getByRole('button', { name: `指定联系委室：${EDUCATION}局长` }).click()
  await desk.getByRole('dialog').getByRole('textbox').fill(COMMITTEE)
  await desk.getByRole('dialog').getByRole('button', { name: '保存' }).click()
  await desk.getByRole('button', { name: `收下：${EDUCATION}局长 整改方案` }).click()
  await expect(desk.getByRole('region', { name: `${EDUCATION}局长` })).toContainText('2027年4月14日 收下')
  await room(desk, '整改')
  await expect(desk.getByRole('row', { name: /报送整改方案.*区教育局/ })).toContainText('2027年4月14日 办结')
  await withTheOffice(program.port, desk, async (give) => {
    for (const subject of othersOf()) {
      const entry = { cause: '作风不实', measure: '进企入户', target: '群众满意', owner: '副局长', due_on: PROMISED, state: 'underway' as const }
      await give({ type: 'ledger.line/1', body: { issue: subject + 1, entry } })
      await give({ type: 'ledger.plan/1', body: { subject, on: PLANNED_ON, summary: '整改方案' } })
      await give({ type: 'ledger.accept/1', body: { subject, matter: 'plan' } })
      await give({ type: 'ledger.line/1', body: { issue: subject + 1, entry: { ...entry, state: 'done' } } })
      await give({ type: 'ledger.check/1', body: { issue: subject + 1, on: PLANNED_ON, by: COMMITTEE, finding: 'sound', note: '' } })
      await give({ type: 'ledger.close/1', body: { issue: subject + 1, on: PLANNED_ON, by: COMMITTEE } })
      await give({ type: 'ledger.report/1', body: { subject, on: PLANNED_ON, summary: '整改情况报告' } })
      await give({ type: 'ledger.accept/1', body: { subject, matter: 'report' } })
    }
  })
}

const othersOf = () => UNITS.map((_, at) => at + 1).slice(1)

/** Files a plan or a report on the officer's own page. */
export async function file(officer: Page, button: string, summary: string): Promise<void> {
  await officer.getByRole('button', { name: button }).tap()
  await officer.getByLabel('内容摘要').fill(summary)
  await officer.getByRole('button', { name: '报送', exact: true }).tap()
  await officer.getByRole('dialog').getByRole('button', { name: '报送' }).tap()
  await expect(officer.getByLabel('内容摘要')).toHaveCount(0)
}

/** 跟踪监督：逾期是红的；虚假整改查出来；有佐证、检查认可的才销号. */
export async function trackIt(course: Course, officer: Page): Promise<void> {
  const { desk, leader } = course
  await later(course, CHECKED_ON, desk, officer, leader)
  await room(desk, '总览')
  await expect(desk.getByRole('region', { name: '期限' }).locator('li.late')).toHaveCount(2)
  await expect(desk.getByRole('region', { name: '期限' }).locator('li.late').first()).toContainText('已逾期 3 天')
  await expect(officer.getByRole('article', { name: CLASSES })).toContainText('已逾期 3 天')
  await room(desk, '整改台账')
  const lines = desk.getByRole('region', { name: `${EDUCATION}局长` }).getByRole('row')
  await expect(lines.filter({ hasText: CLASSES })).toContainText('已逾期 3 天')
  await picture(desk, 'whole-desk-ledger-late')

  await check(desk, CLASSES, '虚假整改', '现场并未开工')
  await expect(desk.getByText('1 个问题被认定敷衍或虚假整改')).toBeVisible()
  await expect(officer.getByRole('article', { name: CLASSES })).toContainText(/2027年6月3日 教育科学文化卫生工作委员会：虚假整改\s*现场并未开工/)
  await picture(officer, 'whole-subject-fake')

  const resources = officer.getByRole('article', { name: RESOURCES })
  await resources.locator('input[type=file]').setInputFiles(fixture('reports/report.pdf'))
  await expect(resources.getByRole('button', { name: /report\.pdf/ }).first()).toBeVisible()
  await complete(officer, RESOURCES)
  await check(desk, RESOURCES, '整改到位', '')
  await close(desk, RESOURCES, CHECKED_ON)
  await expect(desk.getByRole('region', { name: `${EDUCATION}局长` })).toContainText('共 2 个问题，已销号 1 个')
  await turnTo(leader, '材料')
  await expect(leader.getByText('共 2 个问题，已销号 1 个')).toBeVisible()
  await picture(leader, 'whole-member-progress')
}

/** The officer says that it is done. */
export async function complete(officer: Page, text: string): Promise<void> {
  await officer.getByRole('button', { name: `填写整改情况：${text}` }).tap()
  await officer.getByRole('article', { name: text }).getByRole('radio', { name: '已完成' }).check({ force: true })
  await officer.getByRole('button', { name: '保存' }).tap()
  await expect(officer.getByRole('button', { name: '保存' })).toHaveCount(0)
}

/** What the committee found. */
export async function check(desk: Page, text: string, finding: string, note: string, on = CHECKED_ON): Promise<void> {
  await desk.getByRole('button', { name: `查看：${text}` }).click()
  const dialog = desk.getByRole('dialog')
  await dialog.getByRole('button', { name: '登记检查' }).click()
  await dialog.getByLabel('检查日期').fill(on)
  await dialog.getByRole('radio', { name: finding }).check({ force: true })
  await dialog.getByLabel('检查情况').fill(note)
  await dialog.getByRole('button', { name: '登记检查' }).click()
  await expect(dialog.getByText(new RegExp(`教育科学文化卫生工作委员会：${finding}`)).first()).toBeVisible()
  await desk.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
}

/** 销号. */
export async function close(desk: Page, text: string, on: string): Promise<void> {
  await desk.getByRole('button', { name: `查看：${text}` }).click()
  const dialog = desk.getByRole('dialog')
  await dialog.getByLabel('销号日期').fill(on)
  await dialog.getByRole('button', { name: '销号' }).click()
  await expect(dialog.getByText(/由教育科学文化卫生工作委员会销号/)).toBeVisible()
  await desk.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
}

/** 3个月内向常委会书面报告整改落实情况: late here, and seen by everybody who looks. */
export async function reportLate(course: Course, officer: Page): Promise<void> {
  const { desk } = course
  await later(course, REPORTED_ON, desk, officer)
  const report = officer.getByRole('region', { name: '整改情况报告' })
  await expect(report).toContainText(/2027年6月21日 前报送\s*已逾期 2 天/)
  await room(desk, '总览')
  await expect(desk.getByRole('region', { name: '期限' }).locator('li.late').filter({ hasText: '书面报告整改落实情况' })).toContainText('已逾期 2 天')
  await picture(desk, 'whole-desk-overview-late')
  await usable(desk, 'desk: the overview with what is late')
  await file(officer, '报送：整改情况报告', '新学校已经开工。')
  await expect(report).toContainText('2027年6月23日 报送')
  await room(desk, '整改台账')
  await desk.getByRole('button', { name: `收下：${EDUCATION}局长 整改情况报告` }).click()
  await room(desk, '整改')
  await expect(desk.getByRole('row', { name: /书面报告整改落实情况.*区教育局/ })).toContainText('2027年6月23日 办结（逾期）')
  expect(await paper(desk, '整改通知')).toContain(EDUCATION)
  expect(await paper(desk, '整改事项期限表')).toMatch(/报告整改落实情况\n区教育局局长\n2027.3.19\n2027.6.21\n2027.6.23/)
  expect(await paper(desk, '整改台账')).toMatch(new RegExp(`${CLASSES}[\\s\\S]*虚假整改`))
  await room(desk, '整改台账')
  expect((await saved(desk, desk.getByRole('button', { name: '导出 CSV' }))).bytes.toString()).toContain(CLASSES)
}
