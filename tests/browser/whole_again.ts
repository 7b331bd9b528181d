// The later sittings of the whole speech: rectification is voted down, ordered to go on and reported again, then accepted.
import { checkRules, room } from './desk'
import { expect, type Page, picture, pressAndConfirm, pressNext, usable } from './hall'
import { checkIn } from './member'
import { type Course, EDUCATION, later, UNITS } from './whole_before'
import { CLASSES } from './whole_opinions'
import { check, close, complete, file } from './whole_rectification'
import { fillSheet, PRESENT, ROSTER, type Seats, votesOf } from './whole_sitting'

const SECOND_ON = '2027-07-07'
const UNTIL = '2027-08-09'
const AGAIN_ON = '2027-08-06'
export const THIRD_ON = '2027-08-25'
const RULE = '六盘水某区整改情况满意度测评'
export const GRADES = ['基本满意', '责成继续整改', '整改情况予以认可']

/** Every screen of a later sitting as it is now, for whoever looks at the tests' output. */
async function pictures(what: string, pages: Record<string, Page>): Promise<void> {
  for (const [name, page] of Object.entries(pages)) await picture(page, `whole-${what}-${name}`)
  const { chair } = pages
  if (!chair) return
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
  await picture(desk, `whole-desk-agenda-${sheet}`)
}

/** 整改情况满意度测评 of two subjects on one sheet; 区教育局's is not accepted. */
export async function meetAgain(course: Course, seats: Seats, officer: Page): Promise<void> {
  const { desk, leader, speaker } = course
  const { chair, projector, citizen, others } = seats
  await convene(course, '第九届常委会第十五次会议', SECOND_ON, 'two')
}
