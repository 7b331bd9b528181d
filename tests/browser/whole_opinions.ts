// After the sitting: issues with their sources, the opinions and the council's approval, what the officer signs for, and
// the days on which everything is due.
import { record, registerApproval, room } from './desk'
import { expect, type Page, picture, usable } from './hall'
import { Phone } from './phone'
import { paper } from './saved'
import type { Command } from '../../client/src/protocol/generated'
import { CLASSES, type Course, EDUCATION, later, RESOURCES, UNITS } from './whole_before'

export const SIGNED_ON = '2027-03-19'
const CALENDAR = '开始日期,结束日期,类型,名称\n2027-04-05,2027-04-05,放假,清明节\n2027-06-09,2027-06-09,放假,端午节\n'

/** 分单位、分类别梳理问题，形成评议意见，主任会议审议后交评议对象. */
export async function approveAndHandOver(course: Course): Promise<void> {
  const { desk } = course
  await later(course, SIGNED_ON, desk)
  await room(desk, '问题与意见')
  for (const text of [CLASSES, RESOURCES]) {
    await desk.getByRole('button', { name: `采纳：${text}`, exact: true }).click()
    await expect(desk.getByRole('button', { name: `采纳：${text}`, exact: true })).toHaveCount(0)
  }
  await expect(desk.getByRole('region', { name: '问题清单' })).toContainText(/询问第 1 件[\s\S]*审议发言第 2 条/)
  await desk.getByLabel('总体评价').fill('履职总体较好，工作中仍存在短板。')
  await desk.getByLabel('意见建议').fill('加快新学校建设。')
  await desk.getByLabel('整改要求').fill('按期报送整改方案和整改情况报告。')
  await desk.getByLabel('文号').fill('区人常评〔2027〕1号')
  await desk.getByRole('button', { name: '保存草稿' }).click()
  await registerApproval(desk, SIGNED_ON)
  await othersOpinions(course)
  await room(desk, '整改')
  await record(desk, `交办日期：${EDUCATION}局长`, SIGNED_ON)
  const words = await paper(desk, '评议意见')
  expect(words).toMatch(new RegExp(`关于${EDUCATION}局长述职的评议意见\\s+区人常评〔2027〕1号\\s+${EDUCATION}：\\s+2027年3月17日`))
  expect(words).toMatch(new RegExp(`1\\.${CLASSES}\n2\\.${RESOURCES}[\\s\\S]*自接到本评议意见之日起1个月内报送整改方案，3个月内书面报告整改落实情况`))
}

/** The other three subjects, of whom the story sees less: one issue each, opinions approved, handed over, signed on paper. */
async function othersOpinions({ desk, program }: Course): Promise<void> {
  await withTheOffice(program.port, desk, async (give) => {
    for (const [at, unit] of UNITS.entries()) {
      const subject = at + 1
      if (subject === 1) continue
      const entry = { subject, category: '民生热点', text: `${unit}服务群众还不够主动。`, sources: [{ from: 'other' as const, text: '群众来信' }] }
      await give({ type: 'issue.add/1', body: { entry } })
      await give({ type: 'opinions.draft/1', body: { subject, assessment: '履职总体较好。', advice: '', demands: '', number: '' } })
      await give({ type: 'opinions.approve/1', body: { subject, on: SIGNED_ON, note: '' } })
      await give({ type: 'follow_up.hand_over/1', body: { subject, on: SIGNED_ON } })
      await give({ type: 'follow_up.receive/1', body: { subject, on: SIGNED_ON } })
    }
  })
}

/** The office's own bearer and case, from the page that it has open: what it does for the other subjects needs no page. */
export async function withTheOffice(port: number, desk: Page, work: (give: (command: Command) => Promise<void>) => Promise<void>): Promise<void> {
  const bearer = await desk.evaluate(() => localStorage.getItem('pingyi.bearer.body.desk') ?? '')
  const office = await Phone.station(port, new URL(desk.url()).searchParams.get('a')!, 'desk', bearer)
  await work((command) => office.command(command))
  office.leave()
}

/** The officer reads the opinions and signs; a month and three months begin. */
export async function signForThem(course: Course): Promise<Page> {
  const { hall, program, desk, codes } = course
  const officer = await hall.device('phone', `${program.base}/subject#c=${codes.get('列席 01')!}`)
  await expect(officer.getByText(RESOURCES).first()).toBeVisible()
  await usable(officer, 'subject: opinions of the whole speech')
  await officer.getByRole('button', { name: '签收评议意见' }).tap()
  await officer.getByRole('button', { name: '确认签收' }).tap()
  await expect(officer.getByText('已于 2027年3月19日 在线签收')).toBeVisible()
  await room(desk, '整改')
  const dues = desk.getByRole('region', { name: '应办事项' }).locator('tbody tr')
  await expect(dues).toHaveCount(1 + 2 * UNITS.length)
  await desk.locator('input[type=file]').setInputFiles({ name: '节假日.csv', mimeType: 'text/csv', buffer: Buffer.from(CALENDAR) })
  await expect(desk.getByText('2027 年：放假 2 天，调休上班 0 天')).toBeVisible()
  // 会后一周；接到评议意见一个月、三个月. 19 June is a Saturday.
  await expect(dues.filter({ hasText: '向区委报送评议结果和评议意见' })).toContainText('2027年3月24日')
  await expect(dues.filter({ hasText: '报送整改方案' }).filter({ hasText: EDUCATION })).toContainText('2027年4月19日')
  await expect(dues.filter({ hasText: '书面报告整改落实情况' }).filter({ hasText: EDUCATION })).toContainText('2027年6月21日')
  await picture(desk, 'whole-desk-dues')
  return officer
}
