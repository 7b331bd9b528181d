// One voting device a person: a second phone, a new card, a wrong code, a wrong PIN.
import { openDesk, room } from './desk'
import { expect, picture, test } from './hall'
import { checkIn, enterByCode, enterByName } from './member'

test('a second phone asks and moves; a new card shuts the old one out', async ({ hall }) => {
  const demo = await hall.demo()
  const { name, card, code } = demo.members[0]!
  const old = await hall.device('phone', card)
  await checkIn(old)
  const fresh = await hall.device('phone', card)
  await expect(fresh.getByRole('heading', { name: '要换到这台手机吗？' })).toBeVisible()
  await expect(fresh.getByText(`${name}已在另一台设备上进入会议`)).toBeVisible()
  await picture(fresh, 'member-second-device')
  await fresh.getByRole('button', { name: '不换' }).tap()
  await expect(old.getByText('已签到', { exact: true })).toBeVisible()
  await enterByCode(fresh, code)
  await fresh.getByRole('button', { name: '换到这台手机' }).tap()
  await expect(fresh.getByText('已签到', { exact: true })).toBeVisible()
  await expect(old.getByRole('alert').first()).toHaveText('您已在另一台设备上进入会议，这台设备已退出。如果不是您本人，请立即告诉工作人员。')
  await picture(old, 'member-moved-away')

  const desk = await openDesk(hall, demo.desk)
  await room(desk, '名册')
  await desk.getByRole('button', { name: `换发席卡：${name}` }).click()
  await expect(desk.getByRole('dialog')).toContainText('旧席卡和已登录的手机立即失效')
  await desk.getByRole('dialog').getByRole('button', { name: '换发席卡' }).click()
  await expect(fresh.getByRole('alert').first()).toHaveText('会务已为您重新发放席卡，原来的已作废。请扫描新席卡进入。')
  await picture(fresh, 'member-new-card')
  await enterByCode(fresh, code)
  await expect(fresh.getByText('席卡代码无效')).toBeVisible()
  await desk.getByRole('button', { name: '去打印' }).click()
  const printed = desk.locator('.sheet article').filter({ hasText: name }).locator('.code').first()
  await expect(printed).not.toHaveText(code)
  await enterByCode(fresh, await printed.innerText())
  await expect(fresh.getByText('已签到', { exact: true })).toBeVisible()
})

test('a wrong hall code and a wrong PIN say what to do', async ({ hall }) => {
  const demo = await hall.demo()
  const { name, pin } = demo.members[1]!
  const phone = await hall.device('phone', `${demo.base}/#h=000000`)
  await expect(phone.getByText('会场二维码已过期，请重新扫描大屏上的二维码')).toBeVisible()
  const projector = await hall.device('projector', demo.projector)
  const shown = (await projector.locator('.code b').innerText()).replace(/\s/g, '')
  await phone.getByLabel('会场码').fill(shown)
  await enterByName(phone, name, pin === '9999' ? '9998' : '9999')
  await expect(phone.getByText(/^口令不正确，还可尝试 \d 次$/)).toBeVisible()
  await picture(phone, 'member-wrong-pin')
  await enterByName(phone, `${name}甲`, pin)
  await expect(phone.getByText('名册中没有这个姓名，请填写全名，或请工作人员协助')).toBeVisible()
  await enterByName(phone, name, pin)
  await checkIn(phone)
})
