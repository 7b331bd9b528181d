// A duty report of twenty pages on a phone, at the largest type, by the page's own reader.
import { openDesk, room, upload } from './desk'
import { expect, fitsItsWidth, type Locator, type Page, picture, test } from './hall'
import { turnTo } from './member'

/** Text of the first, a middle and the last page. */
const PLACES = ['根据县人大常委会安排', '行政执法三项制度', '恳请各位委员提出宝贵意见'] as const
const LARGEST_PX = 44

for (const file of ['report.docx', 'report.pdf']) {
  test(`reads ${file}`, async ({ hall }) => {
    const demo = await hall.demo()
    const desk = await openDesk(hall, demo.desk)
    await room(desk, '评议对象')
    await upload(desk, '区教育局', file)
    const phone = await hall.device('phone', demo.members[0]!.card)
    await open(phone, file)
    const larger = phone.getByRole('button', { name: '放大字号' })
    while (await larger.isEnabled()) await larger.tap()
    const text = phone.getByRole('article').filter({ hasText: PLACES[0] })
    expect(await text.evaluate((node) => parseFloat(getComputedStyle(node).fontSize))).toBe(LARGEST_PX)
    expect(await phone.locator('embed, object, iframe').count(), "the browser's own viewer is not asked").toBe(0)
    for (const [at, place] of PLACES.entries()) {
      await bring(text, place)
      await fitsItsWidth(phone)
      expect(await text.evaluate((node) => node.parentElement!.scrollWidth - node.parentElement!.clientWidth)).toBe(0)
      await picture(phone, `member-reads-${file.split('.')[1]}-${at + 1}`)
    }
    await expect(phone.getByText(/已读 (9\d|100)%/).first()).toBeVisible()
    await phone.reload()
    await open(phone, file)
    await expect(text.getByText(PLACES[2])).toBeInViewport()
    await phone.getByRole('button', { name: '返回' }).tap()
    await expect(phone.getByRole('heading', { name: '述职报告' })).toBeVisible()
  })
}

async function open(phone: Page, file: string): Promise<void> {
  await turnTo(phone, '材料')
  await phone.getByRole('button', { name: file }).tap()
  await expect(phone.getByRole('dialog', { name: file }).getByRole('article')).toBeVisible()
}

async function bring(text: Locator, place: string): Promise<void> {
  const line = text.getByText(place).last()
  await line.evaluate((node) => node.scrollIntoView({ block: 'center' }))
  await expect(line).toBeInViewport()
}
