// A lot before the hall's eyes: the office calls it, somebody calls out a word, and whoever likes repeats the draw.
import { createHash } from 'node:crypto'
import { openDesk, room } from './desk'
import { expect, type Page, picture, test, usable } from './hall'
import { checkIn } from './member'

const UNITS = ['区教育局', '区工信局', '区卫生健康局', '区乡村振兴局'] as const
const DRAW = 2
const CALLED = '三十七'

test('a lot decides who reports in person, and the public repeats it', async ({ hall }) => {
  const demo = await hall.demo()
  const desk = await openDesk(hall, demo.desk)
  const chair = await hall.device('console', demo.chair)
  const projector = await hall.device('projector', demo.projector)
  const citizen = await hall.device('phone', demo.public)
  const phone = await hall.device('phone', demo.members[0]!.card)
  await checkIn(phone)

  await test.step('the office calls it, and the commitment stands on the wall', async () => {
    await room(desk, '总览')
    const lots = desk.getByRole('region', { name: '抽签' })
    await lots.getByRole('button', { name: '开始抽签' }).click()
    const calling = desk.getByRole('dialog', { name: '抽签' })
    for (const unit of UNITS) await expect(calling.getByRole('checkbox', { name: unit })).toBeChecked()
    await calling.getByLabel('抽取几个').fill(String(DRAW))
    await calling.getByRole('button', { name: '开始抽签' }).click()
    await expect(calling).toBeHidden()
    await expect(lots).toContainText('等待现场喊数')
    await expect(projector.getByText('请现场喊出一个数字')).toBeVisible()
  })
  const commitment = await shown(projector, '承诺值')
  expect(commitment).toMatch(/^[0-9a-f]{64}$/)

  await test.step('the chair draws, and nobody else', async () => {
    const box = chair.getByRole('region', { name: '抽签' })
    await expect(box).toContainText(`${UNITS.length} 个单位中抽取 ${DRAW} 个`)
    await expect(phone.getByText('已签到', { exact: true })).toBeVisible()
    await expect(phone.getByRole('button', { name: /抽签/ })).toHaveCount(0)
    await expect(citizen.getByRole('region', { name: '抽签' })).toHaveCount(0)
    await box.getByRole('button', { name: '录入并抽签' }).click()
    const dialog = chair.getByRole('dialog', { name: '抽签' })
    const yes = dialog.getByRole('button', { name: '录入并抽签' })
    await expect(yes).toBeDisabled()
    await dialog.getByLabel('现场喊出的数字或文字').fill(CALLED)
    await usable(chair, 'console: a lot')
    await picture(chair, 'console-lot')
    await yes.click()
    await expect(dialog).toBeHidden()
    await expect(box).toContainText('已抽出')
    await expect(box.getByRole('button', { name: '录入并抽签' })).toHaveCount(0)
  })

  await expect(projector.getByText(CALLED, { exact: true })).toBeVisible()
  const seed = await shown(projector, '种子')
  const order = byHand(seed)
  await test.step('the wall shows whom it fell on', async () => {
    expect(await shown(projector, '承诺值'), 'what was shown before still stands').toBe(commitment)
    expect(sha256(Buffer.from(seed, 'hex'))).toBe(commitment)
    await expect(projector.locator('ol.drawn b')).toHaveText(order.slice(0, DRAW))
    await expect(chair.getByRole('region', { name: '抽签' })).toContainText(`抽中：${order.slice(0, DRAW).join('、')}`)
    await usable(projector, 'projector: a lot')
    await picture(projector, 'projector-lot')
  })

  await test.step('anybody repeats it on the public page', async () => {
    const lot = citizen.getByRole('region', { name: '抽签' }).getByRole('article')
    await expect(lot.getByRole('listitem')).toHaveText(order.map((unit, place) => new RegExp(`^${unit}.*${place < DRAW ? '(?<!未)抽中' : '未抽中'}$`)))
    await lot.getByRole('button', { name: '在本机复算' }).tap()
    await expect(lot.getByRole('status')).toHaveText('复算一致：种子与承诺值相符，顺序与抽签结果相同')
    await usable(citizen, 'public: a lot')
    await picture(citizen, 'public-lot')
  })
})

/** A digest on the wall, which stands there in groups. */
async function shown(projector: Page, what: string): Promise<string> {
  const line = projector.getByRole('term').filter({ hasText: what }).locator('xpath=following-sibling::dd')
  return (await line.innerText()).replace(/\s/g, '')
}

/** The units in the order that the rule on the wall gives them. */
function byHand(seed: string): string[] {
  const digests = UNITS.map((unit, at) => [sha256(`pingyi-lot/1|${seed}|${CALLED}|${at + 1}`), unit] as const)
  return digests.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, unit]) => unit)
}

const sha256 = (what: string | Buffer): string => createHash('sha256').update(what).digest('hex')
