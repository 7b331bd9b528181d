// After the sitting: the officer signs for the opinions on a page of their own, promises what will be done and files the
// plan; the office checks and closes; the case meets again; the public sees what is published, and not before.
import { approveOpinions, cardCodes, openDesk, record, room, today } from './desk'
import { expect, holdSitting, picture, test, usable } from './hall'

const ISSUE = '大班额尚未消除'

test('an issue from the opinions to its closing, and the next sitting', async ({ hall }) => {
  const demo = await hall.demo()
  const chair = await hall.device('console', demo.chair)
  const desk = await openDesk(hall, demo.desk)

  await room(desk, '席卡')
  const code = (await cardCodes(desk, 31)).get('列席代表01') ?? ''
  await room(desk, '评议对象')
  const subject = desk.getByRole('region', { name: '区教育局局长' })
  await subject.locator('select').selectOption('29')

  await holdSitting(hall, demo, chair)

  await approveOpinions(desk, ISSUE, today())
  await picture(desk, 'desk-issues')
  await room(desk, '整改')
  await record(desk, '交办日期：区教育局局长', today())

  const officer = await hall.device('phone', `http://127.0.0.1:${demo.port}/subject#c=${code}`)
  await test.step('the officer signs, and the periods begin', async () => {
    await expect(officer.getByText(ISSUE).first()).toBeVisible()
    await usable(officer, 'subject: opinions')
    await officer.getByRole('button', { name: '签收评议意见' }).click()
    await officer.getByRole('button', { name: '确认签收' }).click()
    await expect(officer.getByText(/已于 .* 在线签收/)).toBeVisible()
    await expect(desk.getByRole('region', { name: '应办事项' }).locator('tbody tr')).toHaveCount(3)
  })

  await test.step('what will be done is written down, then the plan is filed', async () => {
    await officer.getByRole('button', { name: `填写整改情况：${ISSUE}` }).click()
    await officer.getByLabel('原因分析').fill('学位不足')
    await officer.getByLabel('整改措施').fill('新建两所学校')
    await officer.getByLabel('整改目标').fill('班额达标')
    await officer.getByLabel('责任人').fill('副局长')
    await officer.getByLabel('完成时限').fill(today())
    await officer.getByRole('button', { name: '保存' }).click()
    await officer.getByRole('button', { name: '报送整改方案' }).click()
    await officer.getByLabel('内容摘要').fill('一年内新建两所学校。')
    await officer.getByRole('button', { name: '报送', exact: true }).click()
    await officer.getByRole('dialog').getByRole('button', { name: '报送' }).click()
    await expect(officer.getByText(/ 报送/).first()).toBeVisible()
    await usable(officer, 'subject: ledger')
    await picture(officer, 'subject-ledger')
  })

  await test.step('the public sees opinions once the office says so', async () => {
    const citizen = await hall.device('phone', demo.public)
    await expect(citizen.getByRole('heading', { name: '区教育局局长' })).toBeVisible()
    await expect(citizen.getByText(ISSUE)).toHaveCount(0)
    await room(desk, '公开')
    await desk.getByRole('button', { name: '现在公开：述职评议意见' }).click()
    await expect(citizen.getByText(ISSUE)).toBeVisible()
    await desk.getByRole('button', { name: '撤回，不公开：述职评议意见' }).click()
    await expect(citizen.getByText(ISSUE)).toHaveCount(0)
    await usable(desk, 'desk: publication')
  })

  await test.step('the case meets again', async () => {
    await room(desk, '整改')
    await desk.getByRole('button', { name: '召集下一次会议' }).click()
    const dialog = desk.getByRole('dialog', { name: '召集下一次会议' })
    await dialog.getByLabel('会议名称').fill('第十五次会议')
    await dialog.getByRole('button', { name: '召集下一次会议' }).click()
    await expect(desk.getByRole('region', { name: '各次会议' })).toContainText('第 2 次：第十五次会议')
    await picture(desk, 'desk-sittings')
    await expect(chair.getByRole('heading', { name: '第十五次会议' })).toBeVisible()
  })
})
