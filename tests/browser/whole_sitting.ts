// The sitting of the whole speech: reports, a question answered, remarks that their speaker confirms, and one secret sheet.
import { room } from './desk'
import { expect, type Page, picture, pressAndConfirm, pressNext, usable } from './hall'
import { ask, checkIn, turnTo } from './member'
import type { Phone } from './phone'
import { paper, saved } from './saved'
import { CLASSES, code, type Course, EDUCATION, HELD_ON, later, RESOURCES, UNITS } from './whole_before'

/** With the two on whose phones the story looks. */
export const PRESENT = 20
export const ROSTER = 28
const ANSWER = '两年内新建两所学校，消除大班额。'
const ASPECTS = { 贯彻法律法规情况: '义务教育法执行较好。', 依法履行职责情况: RESOURCES, 接受人大监督情况: '办理代表建议认真。', 勤政廉政情况: '基建项目监管还需加强。' }

/** A sitting's screens, and everybody who comes without a browser. */
export interface Seats {
  chair: Page
  projector: Page
  citizen: Page
  others: Phone[]
}

export async function takeSeats({ hall, program, codes, stations }: Course): Promise<Seats> {
  const chair = await hall.device('console', stations.chair)
  const projector = await hall.device('projector', stations.projector)
  const citizen = await hall.device('phone', stations.public)
  const everybody = [1, ...Array.from({ length: PRESENT - 3 }, (_, at) => at + 4)]
  const others = await hall.gather(program.port, everybody.map((n) => code(codes, n)))
  return { chair, projector, citizen, others }
}

/** 签到, then what the sitting does before the ballot. */
export async function holdTheSitting(course: Course, { chair, others }: Seats): Promise<void> {
  const { desk, leader, speaker } = course
  await later(course, HELD_ON, desk, leader, speaker, chair)
  await room(desk, '议程')
  await desk.getByRole('button', { name: '按评议对象生成议程' }).click()
  await desk.getByRole('button', { name: '合并为一张测评表' }).click()
  await desk.getByRole('dialog').getByRole('button', { name: '合并 4 个对象' }).click()
  await desk.getByRole('button', { name: '保存' }).click()
  await expect(desk.getByText('共 9 项')).toBeVisible()
  await pressNext(chair, '开放签到')
  await Promise.all([checkIn(leader), checkIn(speaker), ...others.map((one) => one.checkIn())])
}

/** 口头述职、书面述职，现场回答询问，审议四个方面. */
export async function reportAndAsk({ desk, leader, speaker }: Course, { chair, projector }: Seats): Promise<void> {
  await pressNext(chair, `${EDUCATION}局长口头述职`)
  await expect(projector.getByRole('heading', { name: `${EDUCATION}局长` })).toBeVisible()
  await turnTo(leader, '材料')
  await expect(leader.getByText('书面述职')).toHaveCount(2)
  await ask(leader, CLASSES)
  await room(desk, '询问')
  await desk.getByRole('button', { name: '采用：第 1 号', exact: true }).click()
  await pressNext(chair, `${UNITS[1]}局长口头述职`)
  await pressNext(chair, `${UNITS[2]}局长书面述职`)
  await pressNext(chair, `${UNITS[3]}局长书面述职`)
  await pressNext(chair, '询问与现场答复')
  await pressNext(chair, '提出下一件询问')
  await expect(projector.getByText(CLASSES)).toBeVisible()
  await chair.getByRole('listitem').filter({ hasText: CLASSES }).getByRole('button', { name: '已当场答复' }).click()
  const answering = chair.getByRole('dialog', { name: '记为当场答复' })
  await answering.getByLabel('答复要点').fill(ANSWER)
  await answering.getByRole('button', { name: '已当场答复' }).click()
  await expect(leader.getByText(ANSWER).first()).toBeVisible()

  await pressNext(chair, '审议')
  await room(desk, '审议')
  for (const [aspect, text] of Object.entries(ASPECTS)) {
    await desk.getByRole('button', { name: '记录发言' }).click()
    const dialog = desk.getByRole('dialog', { name: '记录发言' })
    await dialog.getByLabel('发言人').selectOption('3')
    await dialog.getByLabel('评议对象').selectOption('1')
    await dialog.getByLabel('审议方面').selectOption(aspect)
    await dialog.getByLabel('发言内容').fill(text)
    await dialog.getByRole('button', { name: '保存' }).click()
    await expect(dialog).toBeHidden()
  }
  for (let left = Object.keys(ASPECTS).length; left > 0; left -= 1) {
    const waiting = speaker.getByRole('button', { name: '核对无误，确认' })
    await expect(waiting).toHaveCount(left)
    await waiting.first().tap()
  }
  await expect(desk.getByText('已确认', { exact: true })).toHaveCount(4)
}

/** Fills in a sheet on a phone, an option for each of the first subjects. */
export async function fillSheet(phone: Page, options: readonly string[]): Promise<void> {
  for (const [at, option] of options.entries()) {
    await phone.getByRole('radiogroup', { name: UNITS[at]! }).getByRole('radio', { name: option, exact: true }).check({ force: true })
  }
  await phone.getByRole('button', { name: `提交 ${options.length} 项` }).tap()
  await expect(phone.getByText('全部已记录')).toBeVisible()
}

/** The projector's figures of a sheet's row, in the order of the options. */
export async function votesOf(projector: Page, unit: string): Promise<number[]> {
  return projector.locator(`[data-unit="${unit}"] .cell b`).evaluateAll((all) => all.map((one) => Number(one.textContent)))
}

/** 民主测评: a secret sheet for all four, announced on the wall. */
export async function evaluate({ leader, speaker }: Course, { chair, projector, citizen, others }: Seats): Promise<void> {
  await pressNext(chair, '民主测评')
  await pressNext(chair, '出示测评')
  await expect(leader.getByText('您的 4 张测评票已领到')).toBeVisible()
  await pressNext(chair, '开始测评')
  // A phone lets some seconds pass between the votes of a secret sheet.
  await Promise.all([
    fillSheet(leader, ['基本满意', '满意', '满意', '满意']),
    fillSheet(speaker, ['不满意', '满意', '满意', '基本满意']),
    ...others.map((one, at) => one.voteSheet([1, 2, 3, 4], [at < 12 ? 0 : 1, 0, 0, at % 2])),
  ])
  await pressAndConfirm(chair, '结束测评', '结束测评')
  await expect(chair.getByText('各项票数核对一致')).toBeVisible()
  await pressAndConfirm(chair, '公布结果', '公布结果')
  await expect(projector.locator(`[data-unit="${EDUCATION}"] .grade`)).toHaveText('基本满意')
  expect(await votesOf(projector, EDUCATION)).toEqual([12, 7, 1])
  await expect(leader.getByText('您的 4 张票都在公布的票箱中，未被改动')).toBeVisible()
  await expect(citizen.getByRole('article').filter({ hasText: EDUCATION })).toContainText('12 票')
  await usable(projector, 'projector: the results of the four')
  await picture(projector, 'whole-1-projector')
  await pressNext(chair, '讲话')
  await pressAndConfirm(chair, '宣布散会', '宣布散会')
}

/** What the office prints of the sitting. */
export async function printTheSitting({ desk }: Course): Promise<void> {
  expect(await paper(desk, '计票结果报告单')).toMatch(new RegExp(`对${EDUCATION}局长述职测评\\s+计票结果报告单\\s+应到${ROSTER}人，实到${PRESENT}人，`))
  expect(await paper(desk, '测评结果公告')).toContain(EDUCATION)
  expect(await paper(desk, '会议纪要')).toContain(RESOURCES)
  expect(await paper(desk, '询问记录')).toMatch(new RegExp(`${CLASSES}[\\s\\S]*${ANSWER}`))
  const csv = await saved(desk, desk.getByRole('button', { name: '下载 CSV' }))
  expect(csv.bytes.toString()).toContain(`1,${EDUCATION}局长,1,${ROSTER},${PRESENT},`)
}

