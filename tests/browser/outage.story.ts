// The program dies while somebody votes: nothing is lost, nothing counts twice, nobody has to do anything.
import { expect, goTo, picture, pressNext, tally, test } from './hall'
import { checkIn, recordedWithoutChoice, vote } from './member'
import { prepare } from './prepare'

const QUORUM = 15

test('killed while voting', async ({ hall }) => {
  const { program, data } = await hall.serve()
  const { codes, stations } = await prepare(program.port, data.setupLink())
  const chair = await hall.device('console', stations.chair)
  const projector = await hall.device('projector', stations.projector)
  await pressNext(chair, '开放签到')
  const phone = await hall.device('phone', `${program.base}/#c=${codes[0]}`)
  await checkIn(phone)
  const others = await hall.gather(program.port, codes.slice(1, QUORUM))
  await Promise.all(others.map((one) => one.checkIn()))
  await goTo(chair, '民主测评：区教育局')
  await pressNext(chair, '出示测评')
  await pressNext(chair, '开始测评')
  await Promise.all(others.slice(0, 5).map((one) => one.vote(1, 1)))
  await expect.poll(() => tally(projector)).toEqual({ 满意: 0, 基本满意: 5, 不满意: 0, 弃权: 0 })
  await expect(phone.getByRole('radio')).toHaveCount(4)

  await program.kill()
  await expect(phone.getByText('网络断开，正在重连').filter({ visible: true })).toBeVisible()
  await vote(phone, '满意')
  await expect(phone.getByRole('heading', { name: '正在提交…' })).toBeVisible()
  await expect(phone.getByText('网络断开，正在重连；已保存，连上后自动提交').filter({ visible: true })).toBeVisible()
  await expect(chair.getByRole('alert').filter({ hasText: '网络断开，操作暂不可用' })).toBeVisible()
  await expect(projector.getByText('连接已断开，正在重连')).toBeVisible()
  await picture(phone, 'member-vote-kept-offline')
  await picture(chair, 'chair-offline')
  await picture(projector, 'projector-offline')

  await hall.serveAgain(data, program.port)
  await recordedWithoutChoice(phone)
  await expect.poll(() => tally(projector)).toEqual({ 满意: 1, 基本满意: 5, 不满意: 0, 弃权: 0 })
  await expect(projector.getByText('连接已断开，正在重连')).toBeHidden()
  await expect(chair.getByRole('alert')).toBeEmpty()
  await expect(chair.getByText(`/ 发出 ${QUORUM}`)).toBeVisible()
  await phone.reload()
  await recordedWithoutChoice(phone)
  await projector.reload()
  await expect.poll(() => tally(projector)).toEqual({ 满意: 1, 基本满意: 5, 不满意: 0, 弃权: 0 })
})
