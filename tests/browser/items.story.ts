// Ballots by other rules than the usual one: two items, each with a mark of its own, by a built-in rule; and two groups of
// voters, each with a ballot of its own, whose weighted votes make one verdict, by a file of the office.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkRules, signIn, takeFile } from './desk'
import { expect, goTo, type Locator, type Page, picture, pressAndConfirm, pressNext, test, usable } from './hall'
import { checkIn, recordedWithoutChoice } from './member'
import { prepare } from './prepare'

const UNIT = '区教育局'
const QUORUM = 15
/** How long a picture stands on the screen of the hall before the next. */
const TURN_MS = 15_000
const GROUPS_RULE = join(import.meta.dirname, '../../server/core/src/rules/profiles/weighted_groups.toml')

async function choose(phone: Page, item: string, option: string): Promise<void> {
  await phone.getByRole('radiogroup', { name: new RegExp(item) }).getByRole('radio', { name: option, exact: true }).check({ force: true })
}

/** The projector's figures of one row, in the order of the options. */
async function votes(row: Locator): Promise<number[]> {
  return row.locator('.cell p b').evaluateAll((all) => all.map((one) => Number(one.textContent)))
}

/** What the chair's printer gets. */
async function printed(chair: Page, check: (sheet: Locator) => Promise<void>): Promise<void> {
  await chair.emulateMedia({ media: 'print' })
  await check(chair.locator('.tally-sheet'))
  await chair.emulateMedia({ media: 'screen' })
}

/** The screen of the hall as it is one turn later. */
async function oneTurnLater(projector: Page): Promise<void> {
  await projector.clock.fastForward(TURN_MS)
}

test('two items are marked, counted and read out one by one', async ({ hall }) => {
  const { program, data } = await hall.serve()
  const prepared = await prepare(program.port, data.setupLink())
  const { codes, stations } = prepared

  const desk = await signIn(hall, program.base, prepared, '测评办法')
  await desk.getByRole('button', { name: /^选这份：松阳县两项满意度测评/ }).click()
  await desk.getByRole('dialog').getByRole('button', { name: '换成这份' }).click()
  await desk.getByRole('button', { name: '采用这份办法' }).click()
  await expect(desk.getByText('已采用“松阳县两项满意度测评（办理过程、办理结果）”')).toBeVisible()
  await checkRules(desk)

  const [chair, projector] = [await hall.device('console', stations.chair), await hall.device('projector', stations.projector)]
  await projector.clock.install()
  const phone = await hall.device('small', `${program.base}/#c=${codes[0]}`)
  await pressNext(chair, '开放签到')
  await checkIn(phone)
  const others = await hall.gather(program.port, codes.slice(1, QUORUM))
  await Promise.all(others.map((one) => one.checkIn()))
  await goTo(chair, `民主测评：${UNIT}`)
  await pressNext(chair, '出示测评')
  await expect(projector.getByText('逐项测评：办理过程、办理结果')).toBeVisible()
  await expect(phone.getByText('您的测评票已领到')).toBeVisible()

  await test.step('nobody submits half a ballot', async () => {
    await pressNext(chair, '开始测评')
    await expect(phone.getByRole('button', { name: '还有 2 项未选' })).toBeDisabled()
    await choose(phone, '办理过程', '满意')
    await expect(phone.getByRole('button', { name: '还有 1 项未选' })).toBeDisabled()
    await choose(phone, '办理结果', '不满意')
    await picture(phone, 'member-items-choosing')
    await phone.getByRole('button', { name: '提交 2 项' }).tap()
    await recordedWithoutChoice(phone)
  })

  // 办理过程: 12 of 15 are satisfied. 办理结果: 7 are, which is not more than half.
  await Promise.all(others.map((one, at) => one.voteItems(1, [at < 11 ? 0 : 1, at < 7 ? 0 : 1])))
  await pressAndConfirm(chair, '结束测评', '结束测评')
  await expect(chair.getByText('票数核对一致')).toBeVisible()
  await printed(chair, async (sheet) => {
    await expect(sheet.getByRole('table', { name: '办理过程' }).getByRole('row').nth(1)).toHaveText(/满意\s*12\s*80%/)
    await expect(sheet.getByRole('table', { name: '办理结果' }).getByRole('row').nth(1)).toHaveText(/满意\s*7\s*46\.67%/)
    await expect(sheet).toContainText('基本满意')
    await expect(sheet).toContainText('本单在公布前打印，供监票人核对签字')
  })
  await expect(projector.getByText('测评等次', { exact: true }), 'nothing before the announcement').toBeHidden()

  await pressAndConfirm(chair, '公布结果', '公布结果')
  const row = (item: string) => projector.locator('.row').filter({ hasText: item })
  await expect(row('办理过程')).toBeVisible()
  expect(await votes(row('办理过程'))).toEqual([12, 3, 0])
  expect(await votes(row('办理结果'))).toEqual([7, 7, 1])
  await expect(projector.getByRole('complementary')).toContainText('基本满意')
  await usable(projector, 'projector: items announced')
  await picture(projector, 'projector-items-announced')

  await test.step('what the chair reads out stands on the wall, and the grade stays', async () => {
    const aloud = await chair.locator('p.text').filter({ visible: true }).last().innerText()
    expect(aloud).toMatch(/办理过程：满意12票，占80%.*办理结果：满意7票，占46\.67%.*测评等次：基本满意。/)
    await oneTurnLater(projector)
    await expect(projector.getByText(aloud)).toBeVisible()
    await expect(projector.getByRole('complementary')).toContainText('基本满意')
    await usable(projector, 'projector: the text read out')
    await picture(projector, 'projector-items-told')
  })
  await expect(phone.getByText('您的一票已在公布的票箱中，未被改动')).toBeVisible()
})

test('two groups of voters have a ballot each, and together one verdict', async ({ hall }) => {
  const { program, data } = await hall.serve()
  const prepared = await prepare(program.port, data.setupLink())
  const { codes, cards, stations } = prepared
  // Those who attend vote too, 40 to 60, by name, and the result is announced at once.
  const rule = readFileSync(GROUPS_RULE, 'utf8')
    .replace('label = "人大代表"', 'label = "列席"')
    .replace('secrecy = "secret"', 'secrecy = "named"')
    .replaceAll('shown_from = 5', 'shown_from = 0')
    .replace(/when = "sealed_until"\nuntil = .*\n/, 'when = "on_the_spot"\n')

  const desk = await signIn(hall, program.base, prepared, '测评办法')
  await takeFile(desk, '合并测评.toml', rule)
  await expect(desk.getByText('合并测评.toml 检查通过')).toBeVisible()
  await desk.getByRole('button', { name: '采用这份办法' }).click()
  await expect(desk.getByText('已采用“组成人员与代表按比例合并测评”')).toBeVisible()
  await checkRules(desk)

  const [chair, projector] = [await hall.device('console', stations.chair), await hall.device('projector', stations.projector)]
  await projector.clock.install()
  const guestAt = cards.findIndex((one) => one.name.startsWith('列席'))
  const guest = await hall.device('small', `${program.base}/#c=${codes[guestAt]}`)
  await pressNext(chair, '开放签到')
  await checkIn(guest)
  const members = await hall.gather(program.port, codes.slice(0, QUORUM))
  const guests = await hall.gather(program.port, codes.slice(guestAt + 1, guestAt + 3))
  await Promise.all([...members, ...guests].map((one) => one.checkIn()))
  await goTo(chair, `民主测评：${UNIT}`)
  await pressNext(chair, '出示测评')
  await pressNext(chair, '开始测评')
  await guest.getByRole('radio', { name: '不满意', exact: true }).check({ force: true })
  await guest.getByRole('button', { name: /^提交/ }).tap()
  // Of the members two thirds are satisfied, which alone would do; of the guests none is.
  await Promise.all([...members.map((one, at) => one.vote(1, at < 10 ? 0 : 1)), ...guests.map((one) => one.vote(2, 2))])
  await picture(guest, 'member-group-recorded')
  await pressAndConfirm(chair, '结束测评', '结束测评')
  await expect(chair.getByText('各项票数核对一致')).toBeVisible()
  await pressAndConfirm(chair, '公布结果', '公布结果')

  const rows = projector.locator('[data-unit]')
  await expect(rows.locator('.grade')).toHaveText(['基本满意', '基本满意'])
  expect(await votes(rows.filter({ hasText: '组成人员' }))).toEqual([10, 5, 0])
  expect(await votes(rows.filter({ hasText: '列席' }))).toEqual([0, 0, 3])
  await usable(projector, 'projector: groups announced')
  await picture(projector, 'projector-groups-announced')
  await oneTurnLater(projector)
  await expect(projector.getByText(/应到31人，实到18人.*满意10票，占40%.*测评等次：基本满意。/), 'one text for both').toHaveCount(1)
  await picture(projector, 'projector-groups-told')
  await printed(chair, async (sheets) => {
    await expect(sheets).toHaveCount(2)
    await picture(chair, 'chair-groups-printed')
  })
})
