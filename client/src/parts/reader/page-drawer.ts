// Draws the original pages near the screen and lets go of those far from it, so that
// a long scan never holds more than a few canvases: phones end a page that does.

import type { Pages } from './model'

const LIVE_MAX = 6
/** Of one canvas, 20 MB; beyond it zooming makes pages larger but no sharper. */
const CANVAS_PIXELS = 5_000_000
/** Sharper than this is not seen on paper-like pages and costs its square. */
const DENSITY_MAX = 2

interface Sheet {
  page: number
  element: HTMLElement
  near: boolean
  canvas: HTMLCanvasElement | null
  work: AbortController | null
  drawn: boolean
  /** Times of leaving and entering the neighbourhood, by count. */
  touched: number
}

export class PageDrawer {
  private readonly sheets = new Map<HTMLElement, Sheet>()
  private readonly observer: IntersectionObserver
  private width_px = 0
  private clock = 0
  private busy = false
  private closed = false

  constructor(
    private readonly pages: Pages,
    private readonly root: HTMLElement,
    private readonly onsize: (page: number, ratio: number) => void,
    private readonly onfail: (page: number) => void,
  ) {
    this.observer = new IntersectionObserver((entries) => this.moved(entries), { root, rootMargin: '60% 0px' })
  }

  add(element: HTMLElement, page: number): () => void {
    const sheet: Sheet = { page, element, near: false, canvas: null, work: null, drawn: false, touched: 0 }
    this.sheets.set(element, sheet)
    this.observer.observe(element)
    return () => {
      this.observer.unobserve(element)
      this.release(sheet)
      this.sheets.delete(element)
    }
  }

  /** CSS width of a page; pages already drawn are drawn again for it. */
  setWidth(width: number): void {
    const width_px = width * Math.min(window.devicePixelRatio || 1, DENSITY_MAX)
    if (Math.abs(width_px - this.width_px) < 1) return
    this.width_px = width_px
    for (const sheet of this.sheets.values()) {
      sheet.work?.abort()
      sheet.drawn = false
    }
    void this.draw()
  }

  close(): void {
    this.closed = true
    this.observer.disconnect()
    for (const sheet of this.sheets.values()) this.release(sheet)
  }

  private moved(entries: readonly IntersectionObserverEntry[]): void {
    for (const entry of entries) {
      const sheet = this.sheets.get(entry.target as HTMLElement)
      if (!sheet) continue
      sheet.near = entry.isIntersecting
      sheet.touched = this.clock += 1
    }
    void this.draw()
  }

  /** One page at a time, the one nearest to the middle of the screen first. */
  private async draw(): Promise<void> {
    if (this.busy) return
    this.busy = true
    for (let sheet = this.nextToDraw(); sheet && !this.closed; sheet = this.nextToDraw()) {
      this.makeRoom(sheet)
      await this.drawSheet(sheet)
    }
    this.busy = false
  }

  private nextToDraw(): Sheet | undefined {
    if (this.width_px === 0) return undefined
    const middle = this.root.getBoundingClientRect().top + this.root.clientHeight / 2
    let best: Sheet | undefined
    let least = Infinity
    for (const sheet of this.sheets.values()) {
      if (!sheet.near || sheet.drawn) continue
      const box = sheet.element.getBoundingClientRect()
      const distance = Math.max(box.top - middle, middle - box.bottom, 0)
      if (distance < least) [best, least] = [sheet, distance]
    }
    return best
  }

  private makeRoom(wanted: Sheet): void {
    const live = [...this.sheets.values()].filter((sheet) => sheet.canvas && sheet !== wanted)
    live.sort((a, b) => Number(a.near) - Number(b.near) || a.touched - b.touched)
    for (const sheet of live.slice(0, Math.max(0, live.length - LIVE_MAX + 1))) this.release(sheet)
  }

  private async drawSheet(sheet: Sheet): Promise<void> {
    const work = new AbortController()
    sheet.work = work
    sheet.drawn = true
    const canvas = document.createElement('canvas')
    try {
      const size = await this.pages.size(sheet.page)
      const ratio = size.height / size.width
      this.onsize(sheet.page, ratio)
      const width_px = Math.min(this.width_px, Math.sqrt(CANVAS_PIXELS / ratio))
      await this.pages.draw(sheet.page, canvas, width_px, work.signal)
      if (work.signal.aborted) return
      sheet.canvas?.remove()
      empty(sheet.canvas)
      sheet.canvas = canvas
      sheet.element.prepend(canvas)
    } catch {
      if (!work.signal.aborted) this.onfail(sheet.page)
    } finally {
      if (sheet.canvas !== canvas) empty(canvas)
      if (sheet.work === work) sheet.work = null
    }
  }

  private release(sheet: Sheet): void {
    sheet.work?.abort()
    sheet.canvas?.remove()
    empty(sheet.canvas)
    sheet.canvas = null
    sheet.drawn = false
  }
}

/** Safari keeps a canvas's memory until its size is nothing. */
function empty(canvas: HTMLCanvasElement | null): void {
  if (!canvas) return
  canvas.width = 0
  canvas.height = 0
}
