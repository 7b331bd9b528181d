// After the announcement: the office downloads the sitting's papers, records the receipt, and sees what is due and what is late.
import { approveOpinions, openDesk, record, room, today } from './desk'
import { expect, holdSitting, type Page, picture, test, usable } from './hall'
import { saved } from './saved'

/** Days after which everything that the seed's speech sets is late. */
const LATER_DAYS = 120
const CALENDAR = '开始日期,结束日期,类型,名称\n2026-10-01,2026-10-07,放假,国庆节\n2026-10-10,,上班,国庆节调休\n'

/** The page believes the program's clock, not its own: what the program tells of the time is moved on its way. */
async function letTimePass(desk: Page): Promise<void> {
  await desk.routeWebSocket(/\/ws$/, (page) => {
    const program = page.connectToServer()
    program.onMessage((text) => {
      const message = JSON.parse(String(text)) as { now_ms?: number }
      if (message.now_ms !== undefined) message.now_ms += LATER_DAYS * 86_400_000
      page.send(JSON.stringify(message))
    })
  })
}

test('papers and deadlines after an announced result', async ({ hall }) => {
  const demo = await hall.demo()
  const chair = await hall.device('console', demo.chair)
  const desk = await openDesk(hall, demo.desk)
  await room(desk, '文书')

  await test.step('before the announcement there is no paper with a result', async () => {
    await expect(desk.getByRole('button', { name: '下载 Word：签到表' })).toBeVisible()
    await expect(desk.getByText('公布结果后可生成')).toHaveCount(4)
    await expect(desk.getByRole('button', { name: '下载 Word：计票结果报告单' })).toHaveCount(0)
    const sheet = await saved(desk, desk.getByRole('button', { name: '下载 Word：测评票' }))
    expect(sheet.name).toBe('2023年述职评议测评票.docx')
    expect(sheet.bytes.subarray(0, 2).toString()).toBe('PK')
  })

  await test.step('a template is changed; what is miswritten is told by its line', async () => {
    await desk.getByRole('button', { name: '修改模板：主持词' }).click()
    const dialog = desk.getByRole('dialog', { name: '主持词的模板' })
    const text = dialog.getByLabel('模板内容')
    const before = await text.inputValue()
    await text.fill(`${before}\n{{机关}}`)
    await dialog.getByRole('button', { name: '保存' }).click()
    await expect(dialog.getByRole('alert')).toContainText(/第 \d+ 行：没有“机关”这个名称/)
    await picture(desk, 'desk-template')
    await text.fill(`${before}\n（{{机关名称}}办公室拟）`)
    await dialog.getByRole('button', { name: '保存' }).click()
    await expect(dialog).toBeHidden()
    await expect(desk.getByText('本办公室的模板')).toBeVisible()
  })

  await holdSitting(hall, demo, chair)

  await test.step('then they can be downloaded, and the results for a spreadsheet', async () => {
    const tally = await saved(desk, desk.getByRole('button', { name: '下载 Word：计票结果报告单' }))
    expect(tally.name).toBe('2023年述职评议计票结果报告单.docx')
    const csv = await saved(desk, desk.getByRole('button', { name: '下载 CSV' }))
    expect(csv.bytes.toString()).toContain(`1,区教育局局长,1,28,15,15,15,15,0,15,100,0,0,0,0,0,0,满意`)
    await usable(desk, 'desk: papers')
    await picture(desk, 'desk-papers')
  })

  await test.step('the receipt starts the periods', async () => {
    await approveOpinions(desk, '大班额尚未消除', today())
    await room(desk, '整改')
    const rows = desk.getByRole('region', { name: '应办事项' }).locator('tbody tr')
    await expect(rows).toHaveCount(1)
    await record(desk, '交办日期：区教育局局长', today())
    await record(desk, '签收日期：区教育局局长', today())
    await expect(rows).toHaveCount(3)
    await expect(rows.first()).toContainText('向区委报送评议结果和评议意见')
    await expect(rows.first()).toContainText(/还有 \d+ 天/)
    await expect(desk.getByText('该年度节假日安排尚未导入').first()).toBeVisible()
    await desk.locator('input[type=file]').setInputFiles({ name: '节假日.csv', mimeType: 'text/csv', buffer: Buffer.from(CALENDAR) })
    await expect(desk.getByText('2026 年：放假 7 天，调休上班 1 天')).toBeVisible()
    await usable(desk, 'desk: follow-up')
    await picture(desk, 'desk-follow-up')
  })

  await test.step('what is late is red here and in the steps, until it is done', async () => {
    await letTimePass(desk)
    await desk.reload()
    await expect(desk.getByRole('link', { name: /^整改 .*3 项已逾期/ })).toBeVisible()
    await expect(desk.getByText(/已逾期 \d+ 天/)).toHaveCount(3)
    await picture(desk, 'desk-follow-up-late')
    await record(desk, '登记办结：办公室：向区委报送评议结果和评议意见', today())
    await expect(desk.getByText(/已逾期 \d+ 天/)).toHaveCount(2)
  })
})
