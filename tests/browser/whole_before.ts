// Before the sitting of the whole speech: plan, roster, subjects and rule; groups that meet and ask; what the council hears.
import { addSubject, cardCodes, checkRules, importRoster, newAppraisal, room, stationLink, upload } from './desk'
import { expect, fixture, type Hall, type Page, picture } from './hall'
import { turnTo } from './member'
import type { MovedClock } from './moved_clock'
import { paper } from './saved'

export const TITLE = '2027年述职评议'
export const UNITS = ['区教育局', '区工信局', '区卫生健康局', '区乡村振兴局'] as const
export const [EDUCATION] = UNITS
/** What is asked of 区教育局, and what is said of it in the deliberation: its two issues. */
export const CLASSES = '部分农村学校班额超过五十人，什么时候能够消除？'
export const RESOURCES = '教育资源配置不尽合理。'
/** The day of the story's beginning, a Monday. */
export const FIRST_DAY = '2027-03-01'
const ASKED_ON = '2027-03-09'
export const HEARD_ON = '2027-03-15'
/** As in the speech: the council heard the groups the day before yesterday. */
export const HELD_ON = '2027-03-17'

/** Who walks through the whole story with a page open. */
export interface Course {
  hall: Hall
  program: MovedClock
  desk: Page
  /** 委员 02 leads the group on education, 委员 03 speaks in the deliberation. */
  leader: Page
  speaker: Page
  codes: Map<string, string>
  stations: { chair: string; projector: string; public: string }
}

export const code = (codes: Map<string, string>, n: number): string => codes.get(`委员 ${String(n).padStart(2, '0')}`)!

/** Days later: whoever has a page open looks at it anew. */
export async function later(course: Pick<Course, 'program'>, day: string, ...pages: Page[]): Promise<void> {
  await course.program.leapTo(day)
  await Promise.all(pages.map((page) => page.reload()))
}

export async function prepareCase(hall: Hall): Promise<Course> {
  const { program, setupLink } = await hall.serveFrom(FIRST_DAY)
  const desk = await newAppraisal(hall, setupLink, program.base, { title: TITLE, session: '第九届常委会第十二次会议', held_on: HELD_ON })
  await importRoster(desk)
  await room(desk, '评议对象')
  for (const [at, unit] of UNITS.entries()) await addSubject(desk, { unit, form: at < 2 ? '口头述职' : '书面述职' })
  for (const [at, file] of ['report.docx', 'report.pdf', 'report.md', 'report-gb18030.txt'].entries()) await upload(desk, UNITS[at]!, file)
  await desk.getByRole('region', { name: `${EDUCATION}局长` }).locator('select').selectOption('29')

  await room(desk, '测评办法')
  await desk.getByRole('button', { name: '选这份：六盘水某区述职评议满意度测评' }).click()
  await desk.getByRole('button', { name: '采用这份办法' }).click()
  await checkRules(desk)

  await room(desk, '席卡')
  const codes = await cardCodes(desk, 31)
  await room(desk, '会场入口')
  const stations = { chair: await stationLink(desk, '主持台'), projector: await stationLink(desk, '大屏'), public: await stationLink(desk, '公开页') }
  const [leader, speaker] = [await hall.device('phone', `${program.base}/#c=${code(codes, 2)}`), await hall.device('phone', `${program.base}/#c=${code(codes, 3)}`)]
  return { hall, program, desk, leader, speaker, codes, stations }
}

/** 实施方案：四个阶段的起止日期，指导思想、组织领导、工作要求. */
export async function writePlan({ desk }: Course): Promise<void> {
  await room(desk, '总览')
  const plan = desk.getByRole('region', { name: '实施方案' })
  const days = { 评议准备: ['2027-03-01', '2027-03-05'], 评议调查: ['2027-03-06', '2027-03-15'], 评议会议: ['2027-03-16', '2027-03-17'], 评议整改: ['2027-03-18', '2027-09-30'] }
  for (const [stage, [first, last]] of Object.entries(days)) {
    await plan.getByLabel(`${stage}开始日期`).fill(first!)
    await plan.getByLabel(`${stage}结束日期`).fill(last!)
  }
  await plan.getByLabel('指导思想').fill('坚持以人民为中心，依法开展述职评议。')
  await plan.getByLabel('组织领导').fill('成立述职评议工作领导小组，下设四个评议工作组。')
  await plan.getByLabel('工作要求').fill('深入调查，如实汇报。')
  await plan.getByRole('button', { name: '保存' }).click()
  await expect(desk.getByRole('region', { name: '四个阶段' })).toContainText('计划 2027年3月18日 至 2027年9月30日')
  await desk.getByRole('button', { name: '进入评议调查' }).click()
  await expect(desk.getByRole('region', { name: '四个阶段' }).locator('[aria-current=step]')).toContainText('评议调查')
  expect(await paper(desk, '工作实施方案')).toMatch(/工作实施方案[\s\S]*依法开展述职评议[\s\S]*2027年3月6日/)
}

/** 四个评议工作组，分别由常委会领导率队：座谈会，个别访谈，问卷. */
export async function investigate(course: Course): Promise<void> {
  const { hall, program, desk, leader } = course
  await later(course, ASKED_ON, desk, leader)
  await room(desk, '调查')
  for (const [at, name] of ['第一评议工作组', '第二评议工作组', '第三评议工作组', '第四评议工作组'].entries()) {
    await desk.getByRole('button', { name: '新建工作组' }).click()
    const dialog = desk.getByRole('dialog', { name: '新建工作组' })
    await dialog.getByLabel('名称').fill(name)
    await dialog.getByLabel(`${UNITS[at]}局长`).check()
    await dialog.getByLabel('组长').selectOption(String(at + 2))
    await dialog.getByLabel(`委员 ${String(at * 2 + 7).padStart(2, '0')}`).check()
    await dialog.getByLabel(`委员 ${String(at * 2 + 8).padStart(2, '0')}`).check()
    await dialog.getByRole('button', { name: '保存' }).click()
    await expect(dialog).toBeHidden()
  }
  await turnTo(leader, '材料')
  for (const [kind, people, summary] of [['座谈会', '12', '农村学校班额偏大，教师反映负担较重。'], ['个别访谈', '1', '学位规划滞后于新区建设。']] as const) {
    await leader.getByRole('button', { name: '添加记录：第一评议工作组' }).tap()
    const dialog = leader.getByRole('dialog', { name: '添加记录' })
    await dialog.getByLabel('方式').selectOption(kind)
    await dialog.getByLabel('日期').fill(ASKED_ON)
    await dialog.getByLabel('地点').fill('区第一小学')
    await dialog.getByLabel('人数').fill(people)
    await dialog.getByLabel('内容摘要').fill(summary)
    await dialog.getByRole('button', { name: '保存' }).tap()
    await expect(dialog).toBeHidden()
  }
  await expect(desk.getByRole('article', { name: '第一评议工作组' })).toContainText('座谈会 1 次，12 人次；个别访谈 1 次，1 人次')
  await askThePublic(hall, program, desk)
}

/** A questionnaire that the public answers at /q, without a name. */
async function askThePublic(hall: Hall, program: MovedClock, desk: Page): Promise<void> {
  await room(desk, '问卷')
  await desk.getByRole('button', { name: '新建问卷' }).click()
  await desk.getByRole('button', { name: '单选', exact: true }).click()
  await desk.getByRole('article', { name: '第 1 题' }).getByLabel('题目').fill('您对区教育局的工作是否满意？')
  await desk.getByRole('button', { name: '开始收集' }).click()
  await desk.getByRole('dialog').getByRole('button', { name: '开始收集' }).click()
  const address = await desk.locator('.url').first().innerText()
  expect(new URL(address).pathname).toBe('/q')
  for (const choice of ['满意', '基本满意', '不满意', '不满意', '不满意']) {
    const citizen = await hall.device('phone', address.replace(/^http:\/\/[^/]+/, program.base))
    await citizen.getByRole('radio', { name: choice, exact: true }).check({ force: true })
    await citizen.getByRole('button', { name: '交卷' }).tap()
    await expect(citizen.getByText('已收到，谢谢您')).toBeVisible()
    await citizen.context().close()
  }
  await desk.getByRole('button', { name: '结束收集' }).click()
  await desk.getByRole('dialog').getByRole('button', { name: '结束收集' }).click()
  await expect(desk.getByRole('main')).toContainText(/不满意[\s\S]*3 人/)
}

/** 主任会议专门听取各调查组汇报: from then on members read the reports. */
export async function hearGroups(course: Course): Promise<void> {
  const { desk, leader, speaker } = course
  await later(course, HEARD_ON, desk, leader, speaker)
  await turnTo(leader, '材料')
  await leader.getByRole('button', { name: '提交报告：第一评议工作组' }).tap()
  await fileReport(leader, 'report.docx', '班额偏大，学位不足，资源配置不尽合理。', '委员 02')
  await room(desk, '调查')
  for (const [at, group] of ['第二评议工作组', '第三评议工作组', '第四评议工作组'].entries()) {
    await desk.getByRole('button', { name: `提交报告：${group}` }).click()
    await fileReport(desk, 'report.md', `${UNITS[at + 1]}履职情况总体良好。`, `委员 0${at + 3}`)
  }
  await turnTo(speaker, '材料')
  await expect(speaker.getByText('班额偏大，学位不足')).toHaveCount(0)
  for (const group of ['第一评议工作组', '第二评议工作组', '第三评议工作组', '第四评议工作组']) {
    await desk.getByRole('button', { name: `登记听取汇报：${group}` }).click()
    const dialog = desk.getByRole('dialog')
    await dialog.getByLabel('主任会议听取日期').fill(HEARD_ON)
    await dialog.getByRole('button', { name: '保存' }).click()
    await expect(dialog).toBeHidden()
  }
  await expect(speaker.getByRole('region', { name: `调查报告：${EDUCATION}` })).toContainText('班额偏大，学位不足')
  await picture(desk, 'whole-desk-investigation')
  await room(desk, '总览')
  await expect(desk.getByRole('region', { name: '四个阶段' }).getByRole('listitem').filter({ hasText: '主任会议听取调查汇报' }).last()).toContainText('已完成')
}

async function fileReport(page: Page, file: string, summary: string, signed: string): Promise<void> {
  const dialog = page.getByRole('dialog', { name: '提交报告' })
  await dialog.locator('input[type=file]').setInputFiles(fixture(`reports/${file}`))
  await dialog.getByLabel('主要内容').fill(summary)
  await dialog.getByLabel(signed).check()
  await dialog.getByRole('button', { name: '提交报告' }).click()
  await expect(dialog).toBeHidden()
}
