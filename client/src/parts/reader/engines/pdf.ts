// PDFs by pdf.js. Version 3 is the last whose legacy build runs on Safari 14 and Chrome 87.
// Its known hole, code built from fonts' data, needs `isEvalSupported`, which stays off here
// and is barred by the content policy as well.

import './old-phones'
import { getDocument, type PDFDocumentProxy, type PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf'
import { BlockList, LIMITS, ReaderFault, type Doc, type Pages } from '../model'
import type { Progress } from '../open'
import { dataFolder, pdfWorker } from './pdf-worker'
import { readLines, reflow, type PageText } from './pdf-reflow'

/** Fewer signs than this on the average page: a scan, perhaps with a stamp or page number set as text. */
const SCAN_CHARACTERS_PER_PAGE = 12

export async function openPdf(bytes: Uint8Array, progress: Progress): Promise<Doc> {
  const { worker, failed, stop } = await pdfWorker()
  const task = getDocument({
    // pdf.js takes the buffer away; the caller keeps its own for a retry.
    data: bytes.slice(),
    worker,
    isEvalSupported: false,
    enableXfa: false,
    cMapUrl: dataFolder('cmaps'),
    cMapPacked: true,
    standardFontDataUrl: dataFolder('standard_fonts'),
    maxImageSize: LIMITS.image_pixels,
    stopAtErrors: false,
    verbosity: 0,
  })
  const close = () => {
    // Destroying twice, or while a page is drawn, rejects; there is nobody left to tell.
    task
      .destroy()
      .catch(() => {})
      .then(stop)
  }
  try {
    const pdf = await Promise.race([task.promise, failed])
    if (pdf.numPages > LIMITS.pdf_pages) throw new ReaderFault('too_large', 'pages')
    const texts = await pageTexts(pdf, progress)
    const characters = texts.reduce((sum, page) => sum + page.characters, 0)
    const hasText = characters >= SCAN_CHARACTERS_PER_PAGE * pdf.numPages
    const list = new BlockList()
    if (hasText) reflow(texts, list)
    return { blocks: list.blocks, pages: pages(pdf, hasText), close }
  } catch (cause) {
    close()
    throw fault(cause)
  }
}

async function pageTexts(pdf: PDFDocumentProxy, progress: Progress): Promise<PageText[]> {
  const texts: PageText[] = []
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const page = await pdf.getPage(number)
    const view = page.getViewport({ scale: 1 })
    const content = await page.getTextContent()
    texts.push(readLines(content.items, view))
    page.cleanup()
    progress(number / pdf.numPages)
  }
  return texts
}

function pages(pdf: PDFDocumentProxy, hasText: boolean): Pages {
  return {
    count: pdf.numPages,
    hasText,
    async size(number) {
      const { width, height } = (await pdf.getPage(number)).getViewport({ scale: 1 })
      return { width, height }
    },
    async draw(number, canvas, width_px, signal) {
      const page = await pdf.getPage(number)
      if (!signal.aborted) await drawPage(page, canvas, width_px, signal)
    },
  }
}

async function drawPage(
  page: PDFPageProxy,
  canvas: HTMLCanvasElement,
  width_px: number,
  signal: AbortSignal,
): Promise<void> {
  const natural = page.getViewport({ scale: 1 })
  const viewport = page.getViewport({ scale: width_px / natural.width })
  canvas.width = Math.floor(viewport.width)
  canvas.height = Math.floor(viewport.height)
  const canvasContext = canvas.getContext('2d', { alpha: false })
  if (!canvasContext) throw new ReaderFault('damaged', 'no canvas')
  const task = page.render({ canvasContext, viewport })
  const stop = () => task.cancel()
  signal.addEventListener('abort', stop)
  try {
    await task.promise
  } catch (cause) {
    if (!signal.aborted) throw cause
  } finally {
    signal.removeEventListener('abort', stop)
    page.cleanup()
  }
}

function fault(cause: unknown): ReaderFault {
  if (cause instanceof ReaderFault) return cause
  const name = cause instanceof Error ? cause.name : ''
  return new ReaderFault(name === 'PasswordException' ? 'password' : 'damaged', String(cause))
}
