// A locality's own rules: taken from a built-in file, edited with a mistake, mended, tried, checked and adopted.
import { readFileSync } from 'node:fs'
import { addSubject, checkRules, importRoster, newAppraisal, room, stationLink, takeFile } from './desk'
import { expect, nextButton, type Page, picture, pressNext, test, usable } from './hall'

const LOCAL = '某区人大常委会述职评议测评办法'

async function tab(desk: Page, name: string): Promise<void> {
  await desk.getByRole('navigation', { name: '测评办法' }).getByRole('button', { name }).click()
}

/** The usual rules as the office gets them to edit. */
async function downloaded(desk: Page): Promise<string> {
  const saved = desk.waitForEvent('download')
  await desk.getByRole('button', { name: '下载此办法（可修改）' }).click()
  return readFileSync(await (await saved).path(), 'utf8')
}

test('a locality writes down its own rules, and nothing is voted on before they are checked', async ({ hall }) => {
  test.setTimeout(180_000)
  const { program, data } = await hall.serve()
  const desk = await newAppraisal(hall, data.setupLink(), program.base)
  await importRoster(desk)
  await room(desk, '评议对象')
  await addSubject(desk, { unit: '区教育局', form: '口头述职' })
  await room(desk, '议程')
  await desk.getByRole('button', { name: '按评议对象生成议程' }).click()
  await desk.getByRole('button', { name: '保存' }).click()
  await room(desk, '测评办法')
  await expect(desk.getByRole('link', { name: /^测评办法.*项未核对，不能开会/ })).toBeVisible()
  await expect(desk.getByRole('heading', { level: 3, name: '石泉县整改报告满意度测评' })).toBeVisible()
  await usable(desk, 'desk: choosing rules')
  await picture(desk, 'desk-rules-choose')
  // 满意 by two thirds here, in the office's own words.
  const usual = await downloaded(desk)
  const local = usual
    .replace(/^title = .*$/m, `title = "${LOCAL}"`)
    .replace(/^(\[\[rules\.when\]\]\n(?:.*\n)*?)op = ">"\nfraction = "1\/2"/m, '$1op = ">="\nfraction = "2/3"')
  const lines = local.split('\n')

  await test.step('a mistake is told with its line, and nothing of the file is used', async () => {
    const mistaken = local.replace('blank = "invalid"', 'blank = "作废"').replace('fraction = "2/3"', 'fraction = "三分之二"')
    await takeFile(desk, '本地办法.toml', mistaken)
    await expect(desk.getByRole('alert')).toContainText('本地办法.toml 有 2 处要改')
    const faults = desk.getByRole('region', { name: '怎样改' }).getByRole('row')
    await expect(faults).toHaveCount(3)
    await expect(faults.nth(1).getByRole('rowheader')).toHaveText(String(lines.indexOf('blank = "invalid"') + 1))
    await expect(faults.nth(1)).toContainText(/空白票.*“作废”不在可选的词里。可选：invalid、abstain、not_counted/)
    await expect(faults.nth(2).getByRole('rowheader')).toHaveText(String(lines.indexOf('fraction = "2/3"') + 1))
    await expect(faults.nth(2)).toContainText('不是比例')
    await expect(desk.getByRole('heading', { level: 2, name: LOCAL })).toBeHidden()
    await usable(desk, 'desk: mistakes in a file of rules')
    await picture(desk, 'desk-rules-faults')
  })

  await takeFile(desk, '本地办法.toml', local)
  await expect(desk.getByText('本地办法.toml 检查通过')).toBeVisible()
  await expect(desk.getByRole('heading', { level: 2, name: LOCAL })).toBeVisible()
  await tab(desk, '办法内容')
  await expect(desk.getByText('满意票达到或超过应到人数的三分之二 → 满意')).toBeVisible()
  await usable(desk, 'desk: rules read out')
  await picture(desk, 'desk-rules-read')

  await test.step('counts are tried: the grade, every step, and figures that do not balance', async () => {
    await tab(desk, '试算')
    const result = desk.getByRole('region', { name: '试算结果' })
    await desk.getByRole('button', { name: '28 人：20 / 7 / 1' }).click()
    await expect(result).toContainText('满意票 20 ≥ 56/3 ≈ 18.67：应到人数 28 × 三分之二')
    await picture(desk, 'desk-rules-trial')
    await desk.getByRole('textbox', { name: '满意', exact: true }).fill('18')
    await desk.getByRole('textbox', { name: '基本满意', exact: true }).fill('9')
    await expect(result).not.toContainText('测评等次')
    await desk.getByRole('button', { name: '试算', exact: true }).last().click()
    await expect(result).toContainText('测评等次 基本满意')
    await expect(result.getByText('不成立', { exact: true })).toHaveCount(2)
    await expect(result).toContainText('满意18票，占64.29%；基本满意9票，占32.14%；不满意1票，占3.57%；测评等次：基本满意。')
    await usable(desk, 'desk: rules tried')
    await picture(desk, 'desk-rules-trial-default')
    await desk.getByRole('button', { name: '收回多于发出' }).click()
    await expect(result).toContainText('收回 29 张，多于发出 28 张。本轮作废，重新测评。')
    await picture(desk, 'desk-rules-trial-unbalanced')
  })

  await desk.getByRole('button', { name: '采用这份办法' }).click()
  await expect(desk.getByText(`已采用“${LOCAL}”`)).toBeVisible()
  await room(desk, '会场入口')
  const chair = await hall.device('console', await stationLink(desk, '主持台'))
  await expect(nextButton(chair)).toHaveAttribute('aria-disabled', 'true')
  await expect(nextButton(chair)).toHaveAccessibleDescription(/尚缺测评办法的逐项核对/)
  await expect(chair.getByRole('listitem').filter({ hasText: /^测评办法\s*\d+ 项待核对$/ })).toBeVisible()
  await picture(chair, 'chair-rules-unchecked')

  await room(desk, '测评办法')
  await tab(desk, '逐项核对')
  await desk.getByRole('checkbox').first().check()
  await expect(desk.getByText(/^已核对 1 \/ \d+$/)).toBeVisible()
  await usable(desk, 'desk: rules checked one by one')
  await picture(desk, 'desk-rules-check')
  await checkRules(desk)
  await expect(desk.getByRole('link', { name: /^测评办法/ })).toContainText(LOCAL)
  await pressNext(chair, '开放签到')
  await expect(desk.getByText('会议已经开始，办法不能再改')).toBeVisible()
})
