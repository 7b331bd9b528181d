// Where pdf.js finds its worker, character maps and fonts: all from this server.

import { PDFWorker, version } from 'pdfjs-dist/legacy/build/pdf'
import { startWorker } from '../../worker'
import { ReaderFault } from '../model'
import workerUrl from './pdf.worker?worker&url'

export interface PdfWorker {
  worker: PDFWorker
  /** Never resolves; rejects when the worker's script does not arrive or does not run. */
  failed: Promise<never>
  stop(): void
}

/** A worker of its own for each document, so that closing one ends its work at once. */
export async function pdfWorker(): Promise<PdfWorker> {
  try {
    // The build makes one classic script, for Safari 14 has no module workers.
    const port = startWorker(workerUrl, { type: import.meta.env.DEV ? 'module' : 'classic' })
    const worker = new PDFWorker({ port: port as unknown as null })
    const failed = new Promise<never>((_, reject) => {
      port.onerror = () => reject(new ReaderFault('engine_missing', 'worker'))
    })
    // Between the races that wait for it a failure has no listener.
    failed.catch(() => {})
    return {
      worker,
      failed,
      stop() {
        worker.destroy()
        port.terminate()
      },
    }
  } catch {
    // Workers are refused here: imported, the same file offers itself to the page's own thread.
    await import(/* @vite-ignore */ workerUrl)
    const worker = new PDFWorker()
    return { worker, failed: new Promise(() => {}), stop: () => worker.destroy() }
  }
}

/** Folder of the character maps and fonts that the build copies beside the scripts. */
export function dataFolder(name: 'cmaps' | 'standard_fonts'): string {
  return new URL(`${import.meta.env.BASE_URL}assets/pdf-${version}/${name}/`, document.baseURI).href
}
