/** Checks a board away from the page. One board a worker; the page ends the worker when it has its verdict. */
import { type AnnouncedResult, verifyBoard, type Verdict } from './verify_board'

export interface Order {
  board: string
  announced: AnnouncedResult
}

export type Word = { type: 'progress'; done: number; total: number } | { type: 'verdict'; verdict: Verdict }

const page = self as unknown as { postMessage(word: Word): void; onmessage: ((event: MessageEvent<Order>) => void) | null }

page.onmessage = async ({ data }) => {
  const verdict = await verifyBoard(data.board, data.announced, {
    progress: (done, total) => page.postMessage({ type: 'progress', done, total }),
    next: async () => true,
  })
  page.postMessage({ type: 'verdict', verdict })
}
