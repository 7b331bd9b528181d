// A secret ballot on plain http: a phone takes its token, survives a reload, votes and changes its vote; the released box
// is checked by the phone and, in full, by anybody on the public page.
import { expect, goTo, nextButton, type Page, picture, pressAndConfirm, pressNext, tally, test, usable, voidBecause } from './hall'
import { checkIn, recordedWithoutChoice, turnTo, vote } from './member'

const QUORUM = 15
const SHORT_CODE = /[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}/

/** All that a page keeps, in both of its stores. */
async function kept(phone: Page): Promise<string> {
  return phone.evaluate(async () => {
    const database = await new Promise<IDBDatabase | undefined>((done) => {
      const opening = indexedDB.open('pingyi')
      opening.onsuccess = () => done(opening.result)
      opening.onerror = () => done(undefined)
    })
    const values = await new Promise<unknown>((done) => {
      if (!database?.objectStoreNames.contains('secret')) return done([])
      const reading = database.transaction('secret').objectStore('secret').getAll()
      reading.onsuccess = () => done(reading.result)
      reading.onerror = () => done([])
    })
    database?.close()
    return JSON.stringify([{ ...localStorage }, values])
  })
}

test('a secret ballot, from its key to its check', async ({ hall }) => {
  const demo = await hall.demo()
  const chair = await hall.device('console', demo.chair)
  const projector = await hall.device('projector', demo.projector)
  const citizen = await hall.device('phone', demo.public)
  const phone = await hall.device('phone', demo.members[0]!.card)
  await checkIn(phone)
  const others = await hall.gather(demo.port, demo.members.slice(1, QUORUM).map((one) => one.code))
  await Promise.all(others.map((one) => one.checkIn()))

  await test.step('presented: the same code everywhere, the token taken without a touch', async () => {
    await goTo(chair, '民主测评：区教育局')
    await pressNext(chair, '出示测评')
    await expect(phone.getByText('您的测评票已领到')).toBeVisible()
    await expect(projector.getByText('无记名测评')).toBeVisible()
    const shown = (await projector.locator('.secret code').first().innerText()).match(SHORT_CODE)![0]
    await expect(phone.getByText(shown)).toBeVisible()
    await expect(chair.getByText(shown)).toBeVisible()
    await expect(chair.getByText(`发出 1 张，实到 ${QUORUM} 人`)).toBeVisible()
    await usable(phone, 'member: a secret ballot presented')
    await picture(phone, 'member-secret-presented')
    await picture(projector, 'projector-secret-presented')
    await picture(chair, 'chair-secret-presented')
  })

  await test.step('a reload keeps the token; a vote is cast and changed and leaves no trace of the choice', async () => {
    await phone.reload()
    await expect(phone.getByText('您的测评票已领到')).toBeVisible()
    await expect(chair.getByText(`发出 1 张，实到 ${QUORUM} 人`)).toBeVisible()
    await pressNext(chair, '开始测评')
    await expect(phone.getByRole('radio')).toHaveCount(4)
    await picture(phone, 'member-secret-choices')
    await vote(phone, '满意')
    await recordedWithoutChoice(phone)
    await phone.getByRole('button', { name: '修改', exact: true }).tap()
    await vote(phone, '不满意')
    await expect(phone.getByRole('heading', { name: '正在提交…' })).toBeVisible()
    await recordedWithoutChoice(phone)
    expect(await kept(phone)).not.toContain('choices')
    await phone.reload()
    await recordedWithoutChoice(phone)
    await picture(phone, 'member-secret-recorded')
  })

  await test.step('counts move in steps', async () => {
    await Promise.all(others.slice(0, 11).map((one, at) => one.vote(1, at < 9 ? 0 : 1)))
    await expect.poll(async () => Object.values(await tally(projector)).reduce((sum, votes) => sum + votes, 0)).toBeGreaterThanOrEqual(10)
    await expect(projector.getByText('人数每满 3 票更新')).toBeVisible()
    await expect(chair.getByText('无记名测评不显示分组进度')).toBeVisible()
    await picture(projector, 'projector-secret-open')
    await picture(chair, 'chair-secret-open')
  })

  await test.step('closed, sealed, announced: the phone finds its vote and deletes what could tell it', async () => {
    await pressAndConfirm(chair, '结束测评', '结束测评')
    await expect(chair.getByText('票数核对一致')).toBeVisible()
    await expect(projector.getByText('票箱校验码')).toBeVisible()
    await picture(projector, 'projector-secret-sealed')
    await pressAndConfirm(chair, '公布结果', '公布结果')
    expect(await tally(projector)).toEqual({ 满意: 9, 基本满意: 2, 不满意: 1, 弃权: 0 })
    await expect(phone.getByText('您的一票已在公布的票箱中，未被改动')).toBeVisible()
    expect(await kept(phone)).not.toMatch(/pingyi\.seed|receipt|pending/)
    await usable(phone, 'member: the own check')
    await picture(phone, 'member-secret-checked')
    await picture(chair, 'chair-secret-announced')
    await phone.reload()
    await expect(phone.getByRole('heading', { name: '2023年述职评议' })).toBeVisible()
    await turnTo(phone, '测评')
    await expect(phone.getByText('本机已核对过公布的票箱，没有发现问题')).toBeVisible()
  })

  await test.step('anybody verifies the whole box', async () => {
    await citizen.getByRole('button', { name: '核验票箱' }).tap()
    await expect(citizen.getByText('七项核验全部通过')).toBeVisible()
    await expect(citizen.getByText('收回的 12 张票逐张核对')).toBeVisible()
    await usable(citizen, 'public: a verified box')
    await citizen.getByText('七项核验全部通过').scrollIntoViewIfNeeded()
    await picture(citizen, 'public-secret-verified')
  })
})

test('a token taken in a member’s name that the phone does not hold', async ({ hall }) => {
  const demo = await hall.demo()
  const chair = await hall.device('console', demo.chair)
  const phone = await hall.device('phone', demo.members[0]!.card)
  await checkIn(phone)
  const others = await hall.gather(demo.port, demo.members.slice(1, QUORUM).map((one) => one.code))
  await Promise.all(others.map((one) => one.checkIn()))
  await goTo(chair, '民主测评：区教育局')
  await pressNext(chair, '出示测评')
  await expect(phone.getByText('您的测评票已领到')).toBeVisible()

  await phone.evaluate(async () => {
    for (const key of Object.keys(localStorage)) if (/^pingyi\.(seed|voter)/.test(key)) localStorage.removeItem(key)
    await new Promise((done) => {
      const removing = indexedDB.deleteDatabase('pingyi')
      removing.onsuccess = removing.onerror = removing.onblocked = done
    })
  })
  await phone.reload()
  await expect(phone.getByRole('heading', { name: '本机没有您的测评票' })).toBeVisible()
  await expect(phone.getByText('请联系办公室；可由主持人作废重测')).toBeVisible()
  await picture(phone, 'member-secret-lost')

  // The remedy: the chair voids the round, and the phone takes the next one's token.
  await chair.getByRole('button', { name: '撤回出示' }).click()
  const voiding = chair.getByRole('dialog')
  await voidBecause(voiding, '设备或网络故障')
  await expect(nextButton(chair)).toContainText('出示测评')
  await pressNext(chair, '出示测评')
  await expect(phone.getByText('您的测评票已领到')).toBeVisible()
})
