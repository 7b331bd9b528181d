// One secret ballot with twenty phones, five papers and three members at the hall's tablet, one of them all recused, under two
// scrutineers who must confirm each step. One refuses and is replaced. More paper comes back than was handed out; the round is
// voided and held again.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, fitsItsWidth, goTo, type Locator, nextButton, type Page, picture, pressAndConfirm, pressNext, SCREENS, test, usable, voidBecause } from './hall'
import { checkIn, recordedWithoutChoice, vote } from './member'
import { Phone } from './phone'
import { prepare, type Prepared } from './prepare'
import type { Command, RulesView, Step } from '../../client/src/protocol/generated'

const UNIT = '区教育局'
const COMMANDS: Command[] = [
  { type: 'subject.add/1', body: { subject: { unit: UNIT, post: '局长', officer: '赵志远', report: 'oral' } } },
  { type: 'agenda.set/1', body: { items: [{ kind: 'opening', title: '签到，宣布开会' }, { kind: 'evaluation', title: `民主测评：${UNIT}`, subject: 1 }] } },
  { type: 'settings.change/1', body: { question_review: 'at_once', tally_display: 'turnout_only', written_answer_days: 15, ballot_limit_s: 0, secrecy: 'secret' } },
]
const MEMBERS = 28
/** Phones come first on the roster, then paper, then the tablet. */
const PHONES = 20
const PAPERS = 5
const REASON = '纸质票多出一张'
const A4_POINTS = [595, 842]

interface Party {
  chair: Page
  desk: Page
  booth: Page
  /** The first scrutineer's own phone, with which she also votes. */
  phone: Page
  /** The second scrutineer, who refuses to confirm the opening. */
  second: Phone
  /** Takes the second's place. */
  replacement: Phone
  others: Phone[]
  prepared: Prepared
}

/** The rule of the sitting, with scrutineers who confirm each step; all that it assumes is confirmed. */
async function adoptConfirming(port: number, { appraisal, office }: Prepared): Promise<void> {
  const desk = await Phone.station(port, appraisal, 'desk', office.bearer)
  const { profile, confirmed, unconfirmed } = desk.views.get('rules') as RulesView
  await desk.command({ type: 'profile.adopt/1', body: { profile: { ...profile, scrutiny: 'confirm' }, confirmed: [...confirmed, ...unconfirmed.map((one) => one.path)] } })
  desk.leave()
}

const CONFIRM: Readonly<Record<Step, string>> = { open: '确认开始', close: '确认结束', unseal: '确认公布' }

/** Both scrutineers confirm a step: one on the page, one at the same moment elsewhere. */
async function bothConfirm(phone: Page, other: Phone, round: number, step: Step): Promise<void> {
  await confirmOnPage(phone, step)
  await other.command({ type: 'scrutiny.confirm/1', body: { ballot: 1, round, step } })
}

async function confirmOnPage(phone: Page, step: Step): Promise<void> {
  const call = phone.getByRole('button', { name: /^(请监票人确认|结束前须监票人确认)/ })
  const yes = phone.getByRole('button', { name: CONFIRM[step] })
  await expect(call.or(yes)).toBeVisible()
  if (await call.isVisible()) await call.tap()
  await yes.tap()
  await expect(phone.getByText(`您已${CONFIRM[step]}`)).toBeVisible()
}

/** Back from the scrutineer's page to whatever lies behind it. */
async function leaveScrutiny(phone: Page): Promise<void> {
  const page = phone.getByRole('contentinfo')
  await page.getByRole('button', { name: /^(返回会议|去投票)$/ }).tap()
  await expect(phone.getByRole('heading', { level: 1, name: '监票' })).toBeHidden()
}

async function signInToDesk(desk: Page, { office }: Prepared): Promise<void> {
  await desk.getByLabel('账号').fill(office.account)
  await desk.getByLabel('密码', { exact: true }).fill(office.password)
  await desk.getByRole('button', { name: '登录' }).click()
  await desk.getByRole('link', { name: '2026年述职评议' }).click()
  await desk.getByRole('navigation', { name: '准备步骤' }).getByRole('link', { name: '参评与计票' }).click()
}

/** What a clerk marks in the row of a member. */
async function mark(desk: Page, what: string, name: string, as: string): Promise<void> {
  const field = desk.getByLabel(`${what}：${name}`, { exact: true })
  await field.selectOption({ label: as })
  await expect(field).toHaveValue(await field.locator('option', { hasText: as }).getAttribute('value').then(String))
}

/** Scans a card at the tablet, as a scanner types it. */
async function scan(booth: Page, address: string): Promise<void> {
  await expect(booth.getByRole('heading', { name: '请扫描或输入席卡编码' })).toBeVisible()
  await expect(booth.getByLabel('席卡编码')).toBeFocused()
  await booth.keyboard.type(address)
  await booth.keyboard.press('Enter')
}

async function voteAtTablet(booth: Page, { name, url }: { name: string; url: string }, option: string): Promise<void> {
  await scan(booth, url)
  const asked = booth.getByRole('heading', { name: `您是${name}吗？` }).or(booth.getByRole('heading', { name: `${name}，您已在另一台设备上进入会议` }))
  await expect(asked).toBeVisible()
  const move = booth.getByRole('button', { name: '用投票终端投票' })
  if (await move.isVisible()) await move.click()
  await booth.getByRole('button', { name: /^是本人，/ }).click()
  await vote(booth, option)
  await expect(booth.getByRole('heading', { name: '已记录' })).toBeVisible()
}

/** All that a page keeps, in both of its stores. */
async function kept(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((done, fail) => {
      const opening = indexedDB.open('pingyi')
      opening.onsuccess = () => done(opening.result)
      opening.onerror = () => fail(opening.error)
    })
    const values = await new Promise<unknown>((done) => {
      if (!database.objectStoreNames.contains('secret')) return done([])
      const reading = database.transaction('secret').objectStore('secret').getAll()
      reading.onsuccess = () => done(reading.result)
    })
    database.close()
    return JSON.stringify([Object.keys(localStorage), values])
  })
}

/** Types a count of paper. */
async function enterCount(page: Page | Locator, returned: number, votes: readonly number[]): Promise<void> {
  const again = page.getByRole('button', { name: '重新清点并录入' })
  if (await again.isVisible()) await again.click()
  await page.getByLabel('收回（张）').fill(String(returned))
  for (const [place, label] of ['满意', '基本满意', '不满意', '弃权', '空白票', '无效票'].entries()) await page.getByLabel(label, { exact: true }).fill(String(votes[place] ?? 0))
  await page.getByRole('button', { name: '录入清点结果' }).click()
}

async function everybodyVotes({ booth, phone, second, others, prepared }: Party): Promise<void> {
  // The third on the roster is recused.
  await Promise.all([second, ...others.slice(1)].map((one, at) => one.vote(1, at < 14 ? 0 : 1)))
  await vote(phone, '满意')
  for (const [at, card] of prepared.cards.slice(PHONES + PAPERS, MEMBERS).entries()) {
    await voteAtTablet(booth, card, at === 0 ? '不满意' : '基本满意')
    await booth.getByRole('button', { name: '完成' }).click()
  }
}

test('phones, paper and the tablet in one ballot, under scrutineers', async ({ hall }) => {
  test.setTimeout(240_000)
  const { program, data } = await hall.serve()
  const prepared = await prepare(program.port, data.setupLink(), COMMANDS)
  const { cards, codes, stations } = prepared
  await adoptConfirming(program.port, prepared)
  const chair = await hall.device('console', stations.chair)
  const desk = await hall.device('desk', `${program.base}/desk`)
  const citizen = await hall.device('phone', stations.public)
  const phone = await hall.device('small', `${program.base}/#c=${codes[0]}`)
  const booth = await hall.device('tablet', `${program.base}/booth`)
  const names = cards.map((card) => card.name)
  await signInToDesk(desk, prepared)
  await pressNext(chair, '开放签到')
  await checkIn(phone)
  const [second, ...others] = await hall.gather(program.port, codes.slice(1, PHONES))
  await Promise.all([second!, ...others].map((one) => one.checkIn()))
  const party: Party = { chair, desk, booth, phone, second: second!, replacement: others[1]!, others, prepared }

  await test.step('the office marks who votes how, and the quorum follows', async () => {
    await usable(booth, 'tablet: waiting')
    await picture(booth, 'booth-waiting')
    for (const name of names.slice(PHONES, PHONES + PAPERS)) {
      await mark(desk, '到会', name, '已签到')
      await mark(desk, '投票方式', name, '纸质票')
    }
    for (const name of names.slice(PHONES + PAPERS, MEMBERS)) await mark(desk, '投票方式', name, '投票终端')
    await expect(desk.getByText(`应到 ${MEMBERS} 人，实到 ${PHONES + PAPERS} 人，法定人数 15 人`)).toBeVisible()
    await desk.getByRole('button', { name: `登记回避：${names[2]}` }).click()
    const recusing = desk.getByRole('dialog')
    await recusing.getByLabel('回避的对象').selectOption({ label: `${UNIT}局长 赵志远` })
    await recusing.getByRole('button', { name: '亲属关系' }).click()
    await recusing.getByRole('button', { name: '登记回避' }).click()
    await expect(desk.getByText('纸质票 5 人，投票终端 3 人，请假 0 人')).toBeVisible()
    await expect(desk.getByRole('button', { name: `撤销：${UNIT}：${names[2]}` })).toBeVisible()
    await usable(desk, 'desk: who votes how')
    await picture(desk, 'desk-voters')
  })

  await test.step('the chair appoints two scrutineers from those present', async () => {
    await chair.getByRole('button', { name: '尚未确定监票人' }).click()
    const dialog = chair.getByRole('dialog')
    for (const name of names.slice(0, 2)) await dialog.getByRole('checkbox', { name: name! }).check()
    await usable(chair, 'chair: scrutineers')
    await picture(chair, 'chair-scrutineers')
    await dialog.getByRole('button', { name: '确定 2 位监票人' }).click()
    await expect(dialog.getByText('手机在线')).toHaveCount(2)
    await dialog.getByRole('button', { name: '关闭' }).click()
    await expect(phone.getByRole('button', { name: '监票', exact: true })).toBeVisible()
    await picture(phone, 'member-scrutineer-home')
  })

  await test.step('who is on leave, on paper or recused is in the chair’s list, with the quorum', async () => {
    await chair.getByRole('button', { name: /签到名单/ }).click()
    const people = chair.getByRole('dialog')
    await expect(people.getByText('应到 28 人，实到 25 人，法定人数 15 人')).toBeVisible()
    const late = people.getByRole('listitem').filter({ hasText: names[MEMBERS - 1]! })
    await late.getByRole('button', { name: /^更多/ }).click()
    await expect(late.getByRole('button', { name: '投票终端' })).toHaveAttribute('aria-pressed', 'true')
    await late.getByRole('button', { name: '登记请假' }).click()
    await expect(late.getByText('请假 · 投票终端')).toBeVisible()
    await usable(chair, 'chair: attendance')
    await picture(chair, 'chair-people')
    await late.getByRole('button', { name: '撤销请假' }).click()
    await people.getByRole('button', { name: /^已到/ }).click()
    await people.getByLabel('查找姓名').fill(names[2]!)
    await expect(people.getByText(`回避：${UNIT}`)).toBeVisible()
    await people.getByRole('button', { name: '关闭' }).click()
  })

  await test.step('presented: one scrutineer confirms, the other objects, and the chair cannot open', async () => {
    await goTo(chair, `民主测评：${UNIT}`)
    await pressNext(chair, '出示测评')
    await expect(phone.getByText('您的测评票已领到')).toBeVisible()
    await picture(phone, 'member-scrutineer-called')
    await confirmOnPage(phone, 'open')
    await usable(phone, 'member: scrutiny, confirmed')
    await picture(phone, 'member-scrutiny-confirmed')
    await leaveScrutiny(phone)
    await party.second.command({ type: 'scrutiny.object/1', body: { ballot: 1, round: 1, step: 'open', reason: '票箱还没有查验' } })
    await chair.getByRole('button', { name: new RegExp(`^监票人：${names[0]}`) }).click()
    await expect(chair.getByRole('dialog').getByText(`监票人${names[1]}：票箱还没有查验`)).toBeVisible()
    await picture(chair, 'chair-objection')
    await chair.getByRole('dialog').getByRole('button', { name: '关闭' }).click()
    await expect(nextButton(chair)).toHaveAttribute('aria-disabled', 'true')
    await expect(chair.getByText(`等待监票人确认开始：已确认 1 人，需 2 人`)).toBeVisible()
    await expect(chair.getByText(`尚待 ${names[1]} 在手机上确认`)).toBeVisible()
    await picture(chair, 'chair-scrutineer-pending')
  })

  await test.step('the one who refuses is replaced, on the record, and the ballot opens', async () => {
    await chair.getByRole('button', { name: '更换监票人' }).click()
    const dialog = chair.getByRole('dialog')
    await dialog.getByRole('button', { name: `更换：${names[1]}` }).click()
    await dialog.getByLabel('接替的监票人').selectOption({ label: names[3]! })
    await dialog.getByLabel('更换原因').fill('拒绝确认，本人请求更换')
    await dialog.getByRole('button', { name: '更换监票人' }).click()
    await expect(dialog.getByText(names[3]!, { exact: true })).toBeVisible()
    await dialog.getByRole('button', { name: '关闭' }).click()
    await party.replacement.command({ type: 'scrutiny.confirm/1', body: { ballot: 1, round: 1, step: 'open' } })
    await expect(nextButton(chair)).toHaveAttribute('aria-disabled', 'false')
    await expect(chair.getByText('监票人确认开始 2/2')).toBeVisible()
    await expect(chair.getByText('纸质票 5 张')).toBeVisible()
    await expect(chair.getByText('回避 1 人')).toBeVisible()
  })

  await test.step('nobody on paper votes at the tablet; the tablet forgets each member', async () => {
    await pressNext(chair, '开始测评')
    await scan(booth, cards[PHONES]!.url)
    await booth.getByRole('button', { name: '是本人，继续' }).click()
    await expect(booth.getByRole('heading', { name: '您使用纸质票' })).toBeVisible()
    await booth.getByRole('button', { name: '完成' }).click()

    const card = cards[PHONES + PAPERS]!
    await scan(booth, card.url)
    await expect(booth.getByRole('heading', { name: `您是${card.name}吗？` })).toBeVisible()
    await picture(booth, 'booth-name')
    await booth.getByRole('button', { name: '是本人，签到并继续' }).click()
    await expect(booth.getByRole('radio')).toHaveCount(4)
    await usable(booth, 'tablet: the sheet')
    await picture(booth, 'booth-choices')
    await vote(booth, '不满意')
    await expect(booth.getByRole('heading', { name: '已记录' })).toBeVisible()
    await expect(booth.getByText(`${program.base}/public?a=${prepared.appraisal}`)).toBeVisible()
    await usable(booth, 'tablet: recorded')
    await picture(booth, 'booth-recorded')
    // Nobody taps: the page goes back by itself.
    await expect(booth.getByRole('heading', { name: '请扫描或输入席卡编码' })).toBeVisible()
    expect(await kept(booth)).toBe('[[],[]]')
    expect(await booth.locator('body').innerText()).not.toContain(card.name)
  })

  await test.step('all others vote; who has voted is told so at the tablet', async () => {
    await Promise.all([party.second, ...others.slice(1)].map((one, at) => one.vote(1, at < 14 ? 0 : 1)))
    await phone.getByRole('radio', { name: '满意', exact: true }).check({ force: true })
    await phone.getByRole('button', { name: '提交“满意”' }).tap()
    await recordedWithoutChoice(phone)
    for (const card of cards.slice(PHONES + PAPERS + 1, MEMBERS)) {
      await voteAtTablet(booth, card, '基本满意')
      await booth.getByRole('button', { name: '完成' }).click()
    }
    await scan(booth, cards[PHONES + PAPERS]!.url)
    await booth.getByRole('button', { name: '用投票终端投票' }).click()
    await booth.getByRole('button', { name: '是本人，继续' }).click()
    await expect(booth.getByRole('heading', { name: '您已领取本轮测评票' })).toBeVisible()
    await booth.getByRole('button', { name: '完成' }).click()
  })

  await test.step('two count the paper: they differ, then agree on more than was handed out', async () => {
    await expect(chair.getByText('等待监票人确认结束')).toBeVisible()
    await bothConfirm(phone, party.replacement, 1, 'close')
    await leaveScrutiny(phone)
    await pressAndConfirm(chair, '结束测评', '结束测评')
    await expect(nextButton(chair)).toContainText('公布结果')
    await expect(chair.getByText('纸质票须由两人分别清点并一致')).toBeVisible()
    await enterCount(desk.getByRole('main'), 6, [5, 1])
    await expect(desk.getByText('一人已录入，等待另一人')).toBeVisible()
    await phone.getByRole('button', { name: '请清点纸质票' }).tap()
    await expect(phone.getByText('办公室（账号 1）已录入')).toBeVisible()
    await fitsItsWidth(phone)
    await usable(phone, 'member: scrutiny, counting paper')
    await picture(phone, 'member-scrutiny-counting')
    await enterCount(phone, 5, [4, 1])
    await expect(desk.getByText('录入不一致，请重新清点不同的项目')).toBeVisible()
    await usable(desk, 'desk: two counts that differ')
    await desk.getByText('录入不一致').scrollIntoViewIfNeeded()
    await picture(desk, 'desk-counts-differ')
    await enterCount(phone, 6, [5, 1])
    await expect(desk.getByText('两人清点一致')).toBeVisible()
  })

  await test.step('the failing account is named with its remedy; the round is voided', async () => {
    await expect(chair.getByRole('alert').filter({ hasText: '收回的票多于发出的票' })).toBeVisible()
    await expect(phone.getByText('票数核对不一致：收回的票多于发出的票')).toBeVisible()
    await usable(chair, 'chair: accounts that do not balance')
    await picture(chair, 'chair-unbalanced')
    await picture(phone, 'member-scrutiny-unbalanced')
    await expect(nextButton(chair)).toHaveAttribute('aria-disabled', 'true')
    await chair.getByRole('group', { name: '下一步' }).locator('xpath=..').getByRole('button', { name: '作废重测' }).first().click()
    const voiding = chair.getByRole('dialog')
    await voidBecause(voiding, '收回的票多于发出的票', REASON)
    await expect(nextButton(chair)).toContainText('出示测评')
  })

  await test.step('the second round is held, counted and announced', async () => {
    await leaveScrutiny(phone)
    await chair.getByRole('button', { name: '举手表决' }).click()
    const hands = chair.getByRole('dialog')
    for (const label of ['满意', '基本满意', '不满意', '弃权']) await hands.getByLabel(label, { exact: true }).fill('7')
    await expect(hands.getByText('合计 28 人，多于应参加表决的 27 人，请重新清点')).toBeVisible()
    await usable(chair, 'chair: show of hands')
    await picture(chair, 'chair-hands')
    await hands.getByRole('button', { name: '取消' }).click()
    await pressNext(chair, '出示测评')
    await bothConfirm(phone, party.replacement, 2, 'open')
    await leaveScrutiny(phone)
    await pressNext(chair, '开始测评')
    await everybodyVotes(party)
    await bothConfirm(phone, party.replacement, 2, 'close')
    await leaveScrutiny(phone)
    await pressAndConfirm(chair, '结束测评', '结束测评')
    await expect(nextButton(chair)).toContainText('公布结果')
    await enterCount(desk.getByRole('main'), 5, [3, 1, 0, 0, 0, 1])
    await phone.getByRole('button', { name: '请清点纸质票' }).tap()
    await enterCount(phone, 5, [3, 1, 0, 0, 0, 1])
    await expect(phone.getByText('票数核对一致')).toBeVisible()
    await bothConfirm(phone, party.replacement, 2, 'unseal')
    await picture(phone, 'member-scrutiny-balanced')
    await picture(chair, 'chair-mixed-result')
    await pressAndConfirm(chair, '公布结果', '公布结果')
    await expect(chair.getByRole('region', { name: '当前环节' }).getByText('发出测评票27张，收回27张，其中有效票26张，无效票1张。')).toBeVisible()
  })

  await test.step('the tally sheet is one page of A4 with the recorded figures', async () => {
    await expect(desk.getByRole('article').getByText('测评等次：满意')).toBeVisible()
    const folder = mkdtempSync(join(tmpdir(), 'pingyi-tally-'))
    try {
      const file = join(folder, 'tally.pdf')
      writeFileSync(file, await desk.pdf({ preferCSSPageSize: true }))
      const run = (program: string, ...words: string[]) => execFileSync(program, words, { encoding: 'utf8' })
      const about = run('pdfinfo', file)
      expect(/Pages:\s+(\d+)/.exec(about)?.[1]).toBe('1')
      expect(/Page size:\s+([\d.]+) x ([\d.]+)/.exec(about)?.slice(1).map((one) => Math.round(Number(one)))).toEqual(A4_POINTS)
      const text = run('pdftotext', '-layout', file, '-').replace(/\s+/g, '')
      for (const words of [
        '某区人民代表大会常务委员会第九届常委会第十二次会议',
        `对${UNIT}局长赵志远同志述职测评（第2轮）`,
        '计票结果报告单',
        '应到28人，实到28人，符合法定人数，回避1人。',
        '发出测评票27张，收回27张，其中有效票26张，无效票1张。',
        '其中纸质票发出5张，收回5张（空白0张，无效1张），经两人分别清点一致。',
        '满意1866.67%',
        '基本满意725.93%',
        '不满意13.7%',
        '测评等次：满意',
        `第1轮作废（收回的票多于发出的票（${REASON}））：发出27张，收回28张，不计入结果。`,
        '票箱还没有查验',
        `监票人：${names[0]}、${names[3]}`,
        '总监票人（签字）',
        '计票人（签字）',
      ]) {
        expect(text).toContain(words.replaceAll(' ', ''))
      }
      for (const words of ['打印', '退出登录', '参评方式']) expect(text, `"${words}" is not printed`).not.toContain(words)
      run('pdftoppm', '-r', '80', '-png', '-singlefile', file, join(SCREENS, 'tally-sheet-on-paper'))
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
    await picture(desk, 'desk-tally-sheet')
  })

  await test.step('the public checks the box, which holds all but the paper', async () => {
    await citizen.getByRole('button', { name: '核验票箱' }).tap()
    await expect(citizen.getByText('七项核验全部通过')).toBeVisible()
    await expect(citizen.getByText('手机和终端发出的 22 张票逐张核对无误')).toBeVisible()
    await expect(citizen.getByText('纸质票不在票箱文件内：发出 5 张，收回 5 张')).toBeVisible()
    await usable(citizen, 'public: a verified box beside paper')
  })
})
