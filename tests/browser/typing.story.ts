// What somebody typed is theirs: neither a reload nor a ballot takes it away.
import { expect, goTo, picture, pressNext, test } from './hall'
import { checkIn, recordedWithoutChoice, turnTo, vote, write } from './member'

const HALF = '乡镇教师编制空缺较多，请问'

test('a half-written question outlives a reload and a ballot', async ({ hall }) => {
  const demo = await hall.demo()
  const chair = await hall.device('console', demo.chair)
  const others = await hall.gather(demo.port, demo.members.slice(1, 15).map((one) => one.code))
  await Promise.all(others.map((one) => one.checkIn()))
  const phone = await hall.device('phone', demo.members[0]!.card)
  await checkIn(phone)
  await write(phone, HALF, '只给主持人')
  await phone.reload()
  await turnTo(phone, '询问')
  const text = phone.getByLabel('询问内容')
  await expect(text).toHaveValue(HALF)
  await expect(phone.getByRole('radio', { name: '只给主持人' })).toBeChecked()
  await text.press('End')
  await text.pressSequentially('怎样')

  await goTo(chair, '民主测评：区教育局')
  await pressNext(chair, '出示测评')
  await expect(phone.getByText('您没写完的询问已保存，测评后可以接着写')).toBeVisible()
  await pressNext(chair, '开始测评')
  await vote(phone, '不满意')
  await recordedWithoutChoice(phone)
  await phone.getByRole('button', { name: '返回会议' }).tap()
  await expect(text).toHaveValue(`${HALF}怎样`)
  await expect(text).toBeVisible()
  await text.press('End')
  await text.pressSequentially('补充？')
  await picture(phone, 'member-typing-during-a-ballot')
  await phone.getByRole('button', { name: '提交（只给主持人）' }).tap()
  await expect(chair.getByText(`${HALF}怎样补充？`)).toBeVisible()
})
