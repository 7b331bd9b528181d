/** The full check as a page starts it: in a worker, or in slices on the page's own thread where workers do not start. */
import { startWorker } from '../../parts/worker'
import type { Word } from './verify.worker'
import workerUrl from './verify.worker?worker&url'
import type { AnnouncedResult, Verdict } from './verify_board'

export interface Verifying {
  verdict: Promise<Verdict>
  cancel(): void
}

export function verify(board: string, announced: AnnouncedResult, progress: (done: number, total: number) => void): Verifying {
  let cancel = () => {}
  const verdict = new Promise<Verdict>((resolve, reject) => {
    let worker: Worker | undefined
    let cancelled = false
    cancel = () => {
      cancelled = true
      worker?.terminate()
      resolve({ type: 'cancelled' })
    }
    const onThisThread = async () => {
      worker?.terminate()
      const { verifyBoard } = await import('./verify_board')
      resolve(await verifyBoard(board, announced, { progress, next: () => rest(() => !cancelled) }))
    }
    try {
      // The build makes one classic script, for Safari 14 has no module workers.
      worker = startWorker(workerUrl, { type: import.meta.env.DEV ? 'module' : 'classic' })
    } catch {
      onThisThread().catch(reject)
      return
    }
    worker.onmessage = ({ data }: MessageEvent<Word>) => {
      if (data.type === 'progress') return progress(data.done, data.total)
      worker?.terminate()
      resolve(data.verdict)
    }
    worker.onerror = () => void onThisThread().catch(reject)
    worker.postMessage({ board, announced })
  })
  return { verdict, cancel: () => cancel() }
}

/** A task of its own, so that taps and frames come through. */
function rest(goOn: () => boolean): Promise<boolean> {
  return new Promise((resolve) => setTimeout(() => resolve(goOn()), 0))
}
