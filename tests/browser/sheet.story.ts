// One sheet for four subjects, secret: a phone is reloaded while its votes go out, the chair voids one subject and holds it
// again, all results are announced together, and each phone checks its four boxes.
import { addSubject, newAppraisal, room } from './desk'
import { expect, goTo, type Locator, nextButton, type Page, picture, pressAndConfirm, pressNext, test, usable, voidBecause } from './hall'
import { checkIn } from './member'
import { oneSheet, prepare } from './prepare'

const UNITS = ['区教育局', '区工信局', '区卫生健康局', '区乡村振兴局']
const SECRET = { secrecy: 'secret', tally_display: 'live' } as const
const QUORUM = 15

const row = (phone: Page, unit: string): Locator => phone.getByRole('listitem').filter({ has: phone.getByRole('heading', { name: unit }) })
const recorded = (phone: Page) => phone.getByText(/^已记录 \d \/ 4$/)

async function choose(phone: Page, unit: string, option: string): Promise<void> {
  await row(phone, unit).getByRole('radio', { name: option, exact: true }).check({ force: true })
}

/** The projector's figures of a row, in the order of the options. */
async function votes(projector: Page, unit: string): Promise<number[]> {
  return projector.locator(`[data-unit="${unit}"] .cell b`).evaluateAll((all) => all.map((one) => Number(one.textContent)))
}

test('one sheet for four subjects', async ({ hall }) => {
  test.setTimeout(180_000)
  const { program, data } = await hall.serve()
  const { codes, stations } = await prepare(program.port, data.setupLink(), oneSheet(UNITS, SECRET))
  const chair = await hall.device('console', stations.chair)
  const projector = await hall.device('projector', stations.projector)
  const citizen = await hall.device('phone', stations.public)
  const phone = await hall.device('small', `${program.base}/#c=${codes[0]}`)
  await pressNext(chair, '开放签到')
  await checkIn(phone)
  const others = await hall.gather(program.port, codes.slice(1, QUORUM))
  await Promise.all(others.map((one) => one.checkIn()))

  await test.step('presented: four tokens come without a touch, each with its code', async () => {
    await goTo(chair, '民主测评')
    await pressNext(chair, '出示测评')
    await expect(phone.getByText('您的 4 张测评票已领到')).toBeVisible()
    await expect(projector.locator('code')).toHaveCount(4)
    await phone.getByText('投票校验码（请与大屏核对）').tap()
    for (const code of await projector.locator('code').allInnerTexts()) await expect(phone.getByText(code)).toBeVisible()
    await usable(phone, 'member: a sheet presented')
    await usable(projector, 'projector: a sheet presented')
    await picture(phone, 'member-sheet-presented')
    await picture(projector, 'projector-sheet-presented')
    await picture(chair, 'chair-sheet-presented')
  })

  await test.step('nothing is chosen beforehand, and the button leads to what is missing', async () => {
    await pressNext(chair, '开始测评')
    await expect(phone.getByRole('radio')).toHaveCount(16)
    await expect(phone.getByRole('radio', { checked: true })).toHaveCount(0)
    await choose(phone, UNITS[0]!, '满意')
    await phone.getByRole('button', { name: '还有 3 项未选，去填写' }).tap()
    await expect(row(phone, UNITS[1]!).getByRole('radio').first()).toBeFocused()
    await choose(phone, UNITS[1]!, '基本满意')
    await choose(phone, UNITS[2]!, '不满意')
    await usable(phone, 'member: a sheet half filled')
    await picture(phone, 'member-sheet-choosing')
    await choose(phone, UNITS[3]!, '弃权')
  })

  await test.step('reloaded after two of four votes, the phone sends the rest', async () => {
    // Two votes get through and are answered; the phone is reloaded while the third is on its way.
    let let_through = 2
    let held = () => {}
    const third = new Promise<void>((resolve) => (held = resolve))
    await phone.route('**/api/cast', async (route) => {
      if (let_through > 0) {
        let_through -= 1
        return route.continue()
      }
      held()
      await phone.unroute('**/api/cast').catch(() => {})
      await route.abort().catch(() => {})
    })
    await phone.getByRole('button', { name: '提交 4 项' }).tap()
    await third
    await expect(recorded(phone)).toHaveText('已记录 2 / 4')
    await picture(phone, 'member-sheet-sending')
    await phone.reload()
    await expect(recorded(phone)).toHaveText(/已记录 [234] \/ 4/)
    await expect(recorded(phone)).toHaveText('已记录 4 / 4')
    await expect(phone.getByText('全部已记录')).toBeVisible()
    expect(await phone.locator('body').innerText()).not.toMatch(/满意(?!度)|弃权/)
    await usable(phone, 'member: a sheet recorded')
    await picture(phone, 'member-sheet-recorded')
  })

  await test.step('a single row is changed', async () => {
    await phone.getByRole('button', { name: '修改：区卫生健康局' }).tap()
    await choose(phone, '区卫生健康局', '满意')
    await phone.getByRole('button', { name: '提交 1 项' }).tap()
    await expect(recorded(phone)).toHaveText('已记录 4 / 4')
    await expect(phone.getByText('全部已记录')).toBeVisible()
  })

  await test.step('live counts of all rows on one screen', async () => {
    await Promise.all(others.slice(0, 11).map((one, at) => one.voteSheet([1, 2, 3, 4], [0, at < 6 ? 0 : 1, 0, at < 4 ? 0 : 2])))
    await expect.poll(async () => (await votes(projector, '区教育局')).reduce((sum, one) => sum + one, 0)).toBeGreaterThanOrEqual(11)
    await usable(projector, 'projector: a sheet open')
    await usable(chair, 'chair: a sheet open')
    await fits(projector)
    await picture(projector, 'projector-sheet-open')
    await picture(chair, 'chair-sheet-open')
  })

  await test.step('closed; one subject is voided and held again before anything is announced', async () => {
    await pressAndConfirm(chair, '结束测评', '结束测评')
    await expect(chair.getByText('各项票数核对一致')).toBeVisible()
    await picture(chair, 'chair-sheet-sealed')
    await picture(projector, 'projector-sheet-sealed')
    await chair.getByRole('button', { name: '作废“区工信局”本轮' }).click()
    const voiding = chair.getByRole('dialog')
    await voidBecause(voiding, '设备或网络故障', '一部手机误投')
    await expect(nextButton(chair)).toContainText('出示测评')
    await expect(nextButton(chair)).toContainText('区工信局')
    await picture(chair, 'chair-sheet-voided')
    await picture(phone, 'member-sheet-voided')
    await pressNext(chair, '出示测评')
    await pressNext(chair, '开始测评')
    await expect(phone.getByText('本轮只测：区工信局')).toBeVisible()
    await choose(phone, '区工信局', '满意')
    await picture(phone, 'member-sheet-again')
    await phone.getByRole('button', { name: '提交 1 项' }).tap()
    await expect(recorded(phone)).toHaveText('已记录 4 / 4')
    await Promise.all(others.slice(0, 11).map((one) => one.voteSheet([2], [1])))
    await expect.poll(async () => (await votes(projector, '区工信局')).reduce((sum, one) => sum + one, 0)).toBeGreaterThanOrEqual(11)
    await picture(projector, 'projector-sheet-again')
    await pressAndConfirm(chair, '结束测评', '结束测评')
  })

  await test.step('all announced together; each phone finds its four votes', async () => {
    await expect(chair.getByText('各项票数核对一致')).toBeVisible()
    expect(await projector.locator('body').innerText()).not.toContain('测评等次')
    await pressAndConfirm(chair, '公布结果', '公布结果')
    for (const unit of UNITS) await expect(projector.locator(`[data-unit="${unit}"] .grade`)).toBeVisible()
    expect(await votes(projector, '区教育局')).toEqual([12, 0, 0, 0])
    expect(await votes(projector, '区工信局')).toEqual([1, 11, 0, 0])
    expect(await votes(projector, '区卫生健康局')).toEqual([12, 0, 0, 0])
    expect(await votes(projector, '区乡村振兴局')).toEqual([4, 0, 7, 1])
    await expect(phone.getByText('您的 4 张票都在公布的票箱中，未被改动')).toBeVisible()
    await usable(phone, 'member: the own check of a sheet')
    await usable(projector, 'projector: a sheet announced')
    await usable(chair, 'chair: a sheet announced')
    await picture(phone, 'member-sheet-checked')
    await fits(projector)
    await picture(projector, 'projector-sheet-announced')
    await picture(chair, 'chair-sheet-announced')
  })

  await test.step('the public page has each result with its own box', async () => {
    await expect(citizen.getByRole('button', { name: '核验票箱' })).toHaveCount(4)
    await citizen.getByRole('button', { name: '核验票箱' }).nth(1).tap()
    await expect(citizen.getByText('七项核验全部通过')).toBeVisible()
    await picture(citizen, 'public-sheet')
  })
})

test('a phone that lost its ballots is told once for the sheet', async ({ hall }) => {
  const { program, data } = await hall.serve()
  const { codes, stations } = await prepare(program.port, data.setupLink(), oneSheet(UNITS, SECRET))
  const chair = await hall.device('console', stations.chair)
  const phone = await hall.device('small', `${program.base}/#c=${codes[0]}`)
  await pressNext(chair, '开放签到')
  await checkIn(phone)
  const others = await hall.gather(program.port, codes.slice(1, QUORUM))
  await Promise.all(others.map((one) => one.checkIn()))
  await goTo(chair, '民主测评')
  await pressNext(chair, '出示测评')
  await expect(phone.getByText('您的 4 张测评票已领到')).toBeVisible()
  await phone.evaluate(async () => {
    for (const key of Object.keys(localStorage)) if (/^pingyi\.(seed|voter)/.test(key)) localStorage.removeItem(key)
    await new Promise((done) => {
      const removing = indexedDB.deleteDatabase('pingyi')
      removing.onsuccess = removing.onerror = removing.onblocked = done
    })
  })
  await phone.reload()
  await expect(phone.getByRole('heading', { name: '本机没有您的测评票' })).toHaveCount(1)
  await expect(phone.getByText('本机没有这张票', { exact: true })).toHaveCount(4)
  await picture(phone, 'member-sheet-lost')

  // The chair takes the whole sheet back.
  await chair.getByRole('button', { name: '撤回出示' }).click()
  const voiding = chair.getByRole('dialog')
  await voiding.getByLabel('作废哪一项').selectOption('整张测评表（4 项）')
  await picture(chair, 'chair-sheet-voiding')
  await voidBecause(voiding, '设备或网络故障')
  await pressNext(chair, '出示测评')
  await expect(phone.getByText('您的 4 张测评票已领到')).toBeVisible()
})

test('a long sheet, by name and without counts until the announcement', async ({ hall }) => {
  const units = Array.from({ length: 22 }, (_, at) => `第${at + 1}专门工作机构办公室`)
  const { program, data } = await hall.serve()
  const { codes, stations } = await prepare(program.port, data.setupLink(), oneSheet(units, { secrecy: 'named', tally_display: 'turnout_only' }))
  const chair = await hall.device('console', stations.chair)
  const projector = await hall.device('projector', stations.projector)
  const phone = await hall.device('small', `${program.base}/#c=${codes[0]}`)
  await pressNext(chair, '开放签到')
  await checkIn(phone)
  const others = await hall.gather(program.port, codes.slice(1, QUORUM))
  await Promise.all(others.map((one) => one.checkIn()))
  await goTo(chair, '民主测评')
  await pressNext(chair, '出示测评')
  await expect(projector.locator('li .name')).toHaveCount(22)
  await picture(projector, 'projector-long-presented')
  await pressNext(chair, '开始测评')
  await expect(phone.getByRole('radio')).toHaveCount(88)
  for (const unit of units) await phone.getByRole('radiogroup', { name: unit }).getByRole('radio', { name: '满意', exact: true }).check({ force: true })
  await picture(phone, 'member-long-choosing')
  await phone.getByRole('button', { name: '提交 22 项' }).tap()
  await expect(phone.getByText(/^已记录 22 \/ 22$/)).toBeVisible()
  await others[0]!.voteSheet(units.map((_, at) => at + 1), units.map((_, at) => at % 3))
  await expect(projector.locator('[data-unit] .returned').first()).toHaveText('2/15')
  await expect(projector.locator('.cell')).toHaveCount(0)
  await fits(projector)
  await picture(projector, 'projector-long-open')
  await picture(chair, 'chair-long-open')
  await pressAndConfirm(chair, '结束测评', '结束测评')
  await expect(chair.getByText('各项票数核对一致')).toBeVisible()
  await pressAndConfirm(chair, '公布结果', '公布结果')
  await expect(projector.locator('[data-unit] .grade')).toHaveCount(22)
  await fits(projector)
  await usable(projector, 'projector: a long sheet announced')
  await picture(projector, 'projector-long-announced')
  await picture(chair, 'chair-long-announced')
})

test('the office puts subjects on one sheet, and takes it apart again', async ({ hall }) => {
  const { program, data } = await hall.serve()
  const desk = await newAppraisal(hall, data.setupLink(), program.base)
  await room(desk, '评议对象')
  for (const unit of UNITS) await addSubject(desk, { unit, form: '口头述职' })
  await room(desk, '议程')
  await desk.getByRole('button', { name: '按评议对象生成议程' }).click()
  await desk.getByRole('button', { name: '合并为一张测评表' }).click()
  const dialog = desk.getByRole('dialog')
  await expect(dialog.getByRole('checkbox', { checked: true })).toHaveCount(4)
  await dialog.getByRole('checkbox', { name: '区乡村振兴局' }).uncheck()
  await picture(desk, 'desk-sheet-merging')
  await dialog.getByRole('button', { name: '合并 3 个对象' }).click()
  await expect(desk.getByText('一张测评表，3 个对象')).toBeVisible()
  await desk.getByRole('button', { name: '保存' }).click()
  await expect(desk.getByText('共 10 项')).toBeVisible()
  await usable(desk, 'desk: a sheet on the agenda')
  await desk.getByText('一张测评表，3 个对象').scrollIntoViewIfNeeded()
  await picture(desk, 'desk-sheet')
  await desk.reload()
  await expect(desk.getByText('一张测评表，3 个对象')).toBeVisible()

  // The same subject twice is named where it stands, before anything is sent.
  await desk.getByLabel('类型 10').selectOption('满意度测评')
  await desk.getByLabel('评议对象 10').selectOption('区教育局局长')
  await expect(desk.getByText('第 10 项的评议对象前面已经测评过，每个对象只能测评一次')).toBeVisible()
  await desk.getByRole('button', { name: '拆开' }).click()
  await expect(desk.getByText(/一张测评表，/)).toHaveCount(0)
})

/** The screen of the hall cannot be scrolled: every row is on it. */
async function fits(projector: Page): Promise<void> {
  const beyond = await projector.locator('[data-unit]').evaluateAll((rows) => rows.filter((row) => row.getBoundingClientRect().bottom > innerHeight || row.scrollWidth > row.clientWidth + 1).length)
  expect(beyond, 'rows that are not wholly on the screen').toBe(0)
}
