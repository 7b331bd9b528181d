// One phone on plain http among all the others of a hall, simulated over real sockets: a committee's 28, and 3,000. The
// phone checks its own vote against the whole box, and anybody's browser verifies the box in full, in a worker.
import { expect, goTo, pressAndConfirm, pressNext, tally, test, type Page } from './hall'
import { checkIn, recordedWithoutChoice, vote } from './member'

/** What a hall of this size takes at most on a machine that does other things as well. */
const HALLS = [
  { members: 28, within_ms: 60_000 },
  { members: 3_000, within_ms: 240_000 },
]

/** Everybody has voted whose vote the screen may know: the last one or two come with the closing. */
async function allSeen(projector: Page, members: number, timeout: number): Promise<void> {
  const seen = async () => Object.values(await tally(projector)).reduce((sum, votes) => sum + votes, 0)
  await expect.poll(seen, { timeout }).toBeGreaterThanOrEqual(members - 2)
}

/** The console counts as many present. */
async function present(chair: Page, members: number, timeout: number): Promise<void> {
  const words = async () => (await chair.locator('body').innerText()).replace(/\s+/g, '').includes(`实到组成人员${members}/`)
  await expect.poll(words, { timeout }).toBe(true)
}

for (const { members, within_ms: timeout } of HALLS) {
  test(`a secret vote on plain http among ${members}`, async ({ hall }) => {
    test.setTimeout(2 * timeout)
    const began = Date.now()
    const took = (what: string) => console.log(`${members}: ${what} after ${((Date.now() - began) / 1000).toFixed(1)} s`)
    const demo = await hall.demo(members - 1, members)
    const [chair, projector] = [await hall.device('console', demo.chair), await hall.device('projector', demo.projector)]
    await present(chair, members - 1, timeout)
    took('the others')
    const phone = await hall.device('phone', demo.members.at(-1)!.card)
    const citizen = await hall.device('phone', demo.public)
    expect(await phone.evaluate(() => isSecureContext)).toBe(false)
    await checkIn(phone)
    await present(chair, members, timeout)

    await goTo(chair, '民主测评：区教育局')
    await pressNext(chair, '出示测评')
    await expect(phone.getByText('您的测评票已领到')).toBeVisible({ timeout })
    await expect(chair.getByText(`发出 ${members} 张，实到 ${members} 人`)).toBeVisible({ timeout })
    took('all tokens')
    await phone.reload()
    await expect(phone.getByText('您的测评票已领到')).toBeVisible({ timeout })
    await pressNext(chair, '开始测评')
    await vote(phone, '满意')
    await recordedWithoutChoice(phone)
    await phone.getByRole('button', { name: '修改', exact: true }).tap()
    await vote(phone, '不满意')
    await recordedWithoutChoice(phone)
    await allSeen(projector, members, timeout)
    took('all votes')

    await pressAndConfirm(chair, '结束测评', '结束测评')
    await expect(chair.getByText('票数核对一致')).toBeVisible({ timeout })
    await pressAndConfirm(chair, '公布结果', '公布结果')
    await expect(phone.getByText('您的一票已在公布的票箱中，未被改动')).toBeVisible({ timeout })
    took('the own check')
    await citizen.getByRole('button', { name: '核验票箱' }).tap()
    await expect(citizen.getByText('七项核验全部通过')).toBeVisible({ timeout })
    await expect(citizen.getByText(`收回的 ${members} 张票逐张核对`)).toBeVisible()
    took('verified')
  })
}
