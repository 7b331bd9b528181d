// What every story needs: programs, screens that report whatever goes wrong on them, and the words of the hall.
import { test as base, expect, type Browser, type BrowserContextOptions, type Locator, type Page } from '@playwright/test'
import AxeBuilder from '@axe-core/playwright'
import { join } from 'node:path'
import { MovedClock } from './moved_clock'
import { gather, type Phone } from './phone'
import { DataFolder, type Demo, freePort, Program } from './program'

export { expect, type Page, type Locator }
export { fixture, type Demo, type Program } from './program'
export type { Phone } from './phone'

export const SCREENS = join(import.meta.dirname, '../output/screens')
/** An old phone held upright, the projector's and the console's usual sizes. */
const SIZES = {
  phone: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 },
  /** The narrowest that members have. */
  small: { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 },
  /** The hall's own, on which members vote one after another. */
  tablet: { viewport: { width: 1024, height: 768 }, hasTouch: true },
  projector: { viewport: { width: 1920, height: 1080 } },
  console: { viewport: { width: 1366, height: 768 } },
  desk: { viewport: { width: 1366, height: 900 } },
} satisfies Record<string, BrowserContextOptions>

/** What the browser itself says of a connection that a story cuts or of an answer that a story provokes. */
const PROVOKED = [/^Failed to load resource: /, /^WebSocket connection to .* failed/]

export class Hall {
  /** What must not happen on any screen of any story. */
  readonly surprises: string[] = []
  private readonly programs: (Program | MovedClock)[] = []
  private readonly folders: DataFolder[] = []
  /** Everybody who came without a browser. */
  readonly members: Phone[] = []

  constructor(private readonly browser: Browser) {}

  /** The sample case with its sitting open. */
  async demo(phones = 0, members = 28): Promise<Demo & { port: number }> {
    const { program, demo } = await Program.demo(phones, members)
    this.programs.push(program)
    return { ...demo, port: program.port }
  }

  /** An empty program on its first day. */
  async serve(): Promise<{ program: Program; data: DataFolder }> {
    const data = new DataFolder()
    this.folders.push(data)
    return { data, program: await this.serveAgain(data, await freePort()) }
  }

  /** An empty program whose clock starts on this day and is moved by the story. */
  async serveFrom(day: string): Promise<{ program: MovedClock; setupLink: string }> {
    const data = new DataFolder()
    this.folders.push(data)
    const started = await MovedClock.start(data.path, await freePort(), day)
    this.programs.push(started.program)
    return started
  }

  /** The program on the data that another one left, under the same address. */
  async serveAgain(data: DataFolder, port: number): Promise<Program> {
    const program = await Program.serve(data.path, port)
    this.programs.push(program)
    return program
  }

  async gather(port: number, codes: string[]): Promise<Phone[]> {
    const phones = await gather(port, codes)
    this.members.push(...phones)
    return phones
  }

  /** A device of its own with a page on it. */
  async device(size: keyof typeof SIZES, address: string): Promise<Page> {
    const context = await this.browser.newContext({ locale: 'zh-CN', ...SIZES[size] })
    await context.exposeBinding('surprise', (_, what: string) => this.surprises.push(what))
    await context.addInitScript(() => {
      addEventListener('securitypolicyviolation', (event) => {
        const { surprise } = globalThis as unknown as { surprise: (what: string) => void }
        surprise(`content policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`)
      })
    })
    context.on('page', (page) => {
      page.on('pageerror', (error) => this.surprises.push(`${size}: ${error.stack ?? error.message}`))
      page.on('console', (message) => {
        if (message.type() !== 'error' || PROVOKED.some((one) => one.test(message.text()))) return
        this.surprises.push(`${size}: ${message.text()}`)
      })
    })
    const page = await context.newPage()
    await page.goto(address)
    return page
  }

  async end(): Promise<void> {
    for (const phone of this.members) phone.leave()
    for (const context of this.browser.contexts()) await context.close()
    await Promise.all(this.programs.map((program) => program.kill()))
    for (const program of this.programs) if (/ERROR|panicked/.test(program.log)) this.surprises.push(program.log)
    for (const folder of this.folders) folder.remove()
  }
}

export const test = base.extend<{ hall: Hall }>({
  hall: async ({ browser }, use) => {
    const hall = new Hall(browser)
    await use(hall)
    await hall.end()
    expect(hall.surprises, 'errors on screens, violations of the content policy, errors in the log').toEqual([])
  },
})

/** Keeps a picture of a page for whoever looks at the tests' output. */
export async function picture(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(SCREENS, `${name}.png`), animations: 'disabled' })
}

/** No rule of axe is broken, contrast included. */
export async function usable(page: Page, state: string): Promise<void> {
  await settledAnimations(page)
  await page.evaluate(plainGrounds)
  const { violations, passes } = await new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).setLegacyMode().analyze()
  expect(passes.map((one) => one.id), 'contrast was looked at').toContain('color-contrast')
  const found = violations.map((one) => `${one.id}: ${one.nodes.map((node) => `${node.target.join(' ')} ${node.failureSummary}`).join('; ')}`)
  await page.evaluate(ownGrounds)
  expect.soft(found, `axe on ${state}`).toEqual([])
}

/** axe does not judge text on a gradient: each takes that one of its colours on which its words are hardest to read. */
function plainGrounds(): void {
  const colours = (text: string) => (text.match(/rgba?\([^)]*\)/g) ?? []).map((one) => ({ one, light: (one.match(/[\d.]+/g) ?? []).slice(0, 3).reduce((sum, part) => sum + Number(part), 0) }))
  for (const element of document.querySelectorAll<HTMLElement>('body, body *')) {
    const { backgroundImage, color } = getComputedStyle(element)
    if (!backgroundImage.includes('gradient')) continue
    const ink = colours(color)[0]!.light
    const hardest = colours(backgroundImage).sort((a, b) => Math.abs(a.light - ink) - Math.abs(b.light - ink))[0]
    if (!hardest) continue
    element.dataset.ground = element.style.background
    element.style.background = hardest.one
  }
}

function ownGrounds(): void {
  for (const element of document.querySelectorAll<HTMLElement>('[data-ground]')) {
    element.style.background = element.dataset.ground ?? ''
    delete element.dataset.ground
  }
}

/** Colours in the middle of a transition are nobody's colours. */
async function settledAnimations(page: Page): Promise<void> {
  await page.evaluate(() => Promise.all(document.getAnimations().filter((one) => one.effect?.getComputedTiming().iterations === 1).map((one) => one.finished.catch(() => {}))))
}

/** Nothing of the page lies beyond its right edge. */
export async function fitsItsWidth(page: Page): Promise<void> {
  const beyond = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  expect(beyond, 'pixels to scroll sideways').toBe(0)
}

// The chair's console.

/** The one big button. */
export function nextButton(console: Page): Locator {
  return console.getByRole('group', { name: '下一步' }).getByRole('button').first()
}

/** A press within 0.7 s of the button's change is taken for one on what stood there before; people look first. */
const LOOKED_MS = 800

/** Presses the big button once it says this, as somebody does who has read it. */
export async function pressNext(console: Page, says: string | RegExp): Promise<void> {
  const button = nextButton(console)
  await expect(button).toContainText(says)
  await expect(button).toHaveAttribute('aria-disabled', 'false')
  await standsStill(console)
  await expect(button).toContainText(says)
  await button.click()
}

export async function standsStill(console: Page): Promise<void> {
  await nextButton(console).evaluate(stoodStill, LOOKED_MS)
}

function stoodStill(node: Element, still_ms: number): Promise<void> {
  return new Promise((done) => {
    const end = () => {
      watch.disconnect()
      done()
    }
    let timer = setTimeout(end, still_ms)
    const watch = new MutationObserver(() => {
      clearTimeout(timer)
      timer = setTimeout(end, still_ms)
    })
    watch.observe(node, { subtree: true, childList: true, characterData: true })
  })
}

/** Presses the big button and says yes to what it asks. */
export async function pressAndConfirm(console: Page, says: string, yes: string): Promise<void> {
  await pressNext(console, says)
  await console.getByRole('dialog').getByRole('button', { name: yes }).click()
}

/** Goes to an item of the agenda out of turn. */
export async function goTo(console: Page, title: string): Promise<void> {
  await console.getByTitle(`转到：${title}`).click()
  await console.getByRole('dialog').getByRole('button', { name: '转到该项' }).click()
  await expect(console.getByRole('dialog')).toBeHidden()
}

const QUORUM = 15

/** The sample's sitting, shortly: a quorum is satisfied with the first subject, and everybody goes home. */
export async function holdSitting(hall: Hall, demo: Demo & { port: number }, chair: Page): Promise<void> {
  const members = await hall.gather(demo.port, demo.members.slice(0, QUORUM).map((one) => one.code))
  await Promise.all(members.map((one) => one.checkIn()))
  await goTo(chair, '民主测评：区教育局')
  await pressNext(chair, '出示测评')
  await pressNext(chair, '开始测评')
  await Promise.all(members.map((one) => one.vote(1, 0)))
  await pressAndConfirm(chair, '结束测评', '结束测评')
  await pressAndConfirm(chair, '公布结果', '公布结果')
  await goTo(chair, '常委会主任讲话')
  await pressAndConfirm(chair, '宣布散会', '宣布散会')
}

/** The projector's figures of a ballot: option → votes. */
export async function tally(projector: Page): Promise<Record<string, number>> {
  const rows = await projector.locator('.chart .row').evaluateAll((all) =>
    all.map((row) => [row.querySelector('.label')?.textContent?.trim() ?? '', Number(row.querySelector('.votes')?.textContent)] as const),
  )
  return Object.fromEntries(rows)
}

/** In the dialog that voids a round: why, and what the record shall say beside it. */
export async function voidBecause(dialog: Locator, cause: string, note = ''): Promise<void> {
  await dialog.getByText(cause, { exact: true }).click()
  if (note) await dialog.getByRole('textbox').fill(note)
  await dialog.getByRole('button', { name: '作废本轮' }).click()
}
