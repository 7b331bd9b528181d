// Seat cards and invitation slips on paper: eight to a sheet of A4, and nothing else of the page.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { addSubject, importRoster, newAppraisal, room } from './desk'
import { expect, type Page, picture, SCREENS, test } from './hall'

const PEOPLE = 31
const SHEETS = 4
const A4_POINTS = [595, 842] as const

test('seat cards are printed on A4, eight a sheet', async ({ hall }) => {
  const { program, data } = await hall.serve()
  const desk = await newAppraisal(hall, data.setupLink(), program.base)
  await importRoster(desk)
  await room(desk, '席卡')
  await expect(desk.getByRole('button', { name: `打印 ${PEOPLE} 张` })).toBeEnabled()
  const cards = desk.locator('.sheet article')
  await expect(cards).toHaveCount(PEOPLE)
  await expect(cards.locator('img')).toHaveCount(PEOPLE)
  await cards.locator('img').evaluateAll((all) => Promise.all(all.map((one) => (one as HTMLImageElement).decode())))
  await picture(desk, 'desk-cards')

  const folder = mkdtempSync(join(tmpdir(), 'pingyi-print-'))
  try {
    const file = join(folder, 'cards.pdf')
    writeFileSync(file, await desk.pdf({ preferCSSPageSize: true, printBackground: true }))
    const size = /Page size:\s+([\d.]+) x ([\d.]+)/.exec(run('pdfinfo', file))
    expect(size?.slice(1).map((one) => Math.round(Number(one)))).toEqual([...A4_POINTS])

    // A form feed ends each page.
    const pages = run('pdftotext', '-layout', file, '-').split('\f').slice(0, -1)
    expect(pages.map((page) => count(page, /代码/g))).toEqual([8, 8, 8, 7])
    expect(pages.map((page) => count(page, /座位/g))).toEqual([8, 8, 8, 7])
    for (const word of ['打印', '退出登录', '准备步骤', '席卡', 'English']) expect(pages.join(), `"${word}" is not printed`).not.toContain(word)

    // Measured on paper: two columns and four rows at even distances, within the sheet.
    for (const page of run('pdftotext', '-bbox', file, '-').split('<page ').slice(1, SHEETS)) {
      const places = [...page.matchAll(/xMin="([\d.]+)" yMin="([\d.]+)"[^>]*>代码/g)].map(([, x, y]) => [Number(x), Number(y)] as const)
      const width = pitch(places.map(([x]) => x))
      const height = pitch(places.map(([, y]) => y))
      expect(width * 2, 'two cards fill the width').toBeGreaterThan(A4_POINTS[0] * 0.9)
      expect(width * 2).toBeLessThanOrEqual(A4_POINTS[0])
      expect(height * 4, 'four cards fill the height').toBeGreaterThan(A4_POINTS[1] * 0.9)
      expect(height * 4).toBeLessThanOrEqual(A4_POINTS[1])
    }
    run('pdftoppm', '-r', '80', '-png', '-f', '1', '-l', '1', '-singlefile', file, join(SCREENS, 'desk-cards-on-paper'))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

test('invitation slips are printed eight a sheet, each with its own code, and the poster on a sheet of its own', async ({ hall }) => {
  const { program, data } = await hall.serve()
  const desk = await newAppraisal(hall, data.setupLink(), program.base)
  await room(desk, '评议对象')
  await addSubject(desk, { unit: '区教育局', form: '口头述职' })
  const title = '区教育局局长履职情况和教育事业发展情况群众满意度调查问卷'
  await room(desk, '问卷')

  await collect(desk, title, '凭邀请码：一张纸条答一次')
  await desk.getByRole('button', { name: '制作纸条' }).click()
  await expect(desk.getByRole('button', { name: '打印 24 张' })).toBeVisible()
  const slips = await printed(desk, 'desk-slips-on-paper')
  expect(slips.map((page) => new Set(page.match(CODE)).size)).toEqual([8, 8, 8])
  expect(new Set(slips.join().match(CODE)).size, 'no code twice').toBe(24)
  for (const page of slips) {
    expect(page.replace(/\s/g, ''), 'a long title is whole').toContain('群众满意度调查问卷')
    expect(count(page, /请用手机扫码作答/g)).toBe(8)
  }

  await room(desk, '问卷')
  await collect(desk, '公开问卷', '公开：扫码即可答')
  await expect(desk.getByRole('button', { name: '打印二维码' })).toBeVisible()
  const poster = await printed(desk, 'desk-poster-on-paper')
  expect(poster).toHaveLength(1)
  expect(poster[0]).toContain('公开问卷')
  expect(poster[0]).toContain(program.base.replace(/^http:\/\/[^:]+/, ''))
})

/** As a code stands on a slip. */
const CODE = /\b[0-9A-Z]{4}(?:-[0-9A-Z]{4})+\b/g

/** Makes a questionnaire of one question and begins to collect. */
async function collect(desk: Page, title: string, access: string): Promise<void> {
  await desk.getByRole('button', { name: '新建问卷' }).click()
  await desk.getByLabel('问卷标题').fill(title)
  await desk.getByLabel(access).check()
  await desk.getByLabel('区教育局').check()
  await desk.getByRole('button', { name: '量表' }).click()
  await desk.getByLabel('题目', { exact: true }).fill('总体评价')
  await desk.getByRole('button', { name: '开始收集' }).click()
  await desk.getByRole('dialog').getByRole('button', { name: '开始收集' }).click()
}

/** The pages' text; the first is kept as a picture. */
async function printed(desk: Page, name: string): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'pingyi-print-'))
  try {
    mkdirSync(SCREENS, { recursive: true })
    const file = join(folder, 'page.pdf')
    writeFileSync(file, await desk.pdf({ preferCSSPageSize: true, printBackground: true }))
    run('pdftoppm', '-r', '80', '-png', '-f', '1', '-l', '1', '-singlefile', file, join(SCREENS, name))
    return run('pdftotext', '-layout', file, '-').split('\f').slice(0, -1)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The distance between neighbours along one direction, in points; the same for all, to a point. */
function pitch(places: number[]): number {
  const apart = [...places].sort((a, b) => a - b).map((place, at, all) => place - (all[at - 1] ?? place))
  const steps = apart.filter((step) => step > 1)
  expect(steps.length, 'more than one column and row').toBeGreaterThan(0)
  for (const step of steps) expect(Math.abs(step - steps[0]!)).toBeLessThanOrEqual(1)
  return Math.max(...steps)
}

function run(program: string, ...words: string[]): string {
  return execFileSync(program, words, { encoding: 'utf8', maxBuffer: 64 << 20 })
}

function count(text: string, what: RegExp): number {
  return text.match(what)?.length ?? 0
}
