/** Says that an order has not arrived yet: a dialog covers the page's mark of the connection, and a dead button tells nothing. */
import { notify } from '../parts/notices.svelte'
import { t } from '../words/shell'

/** Longer than a full hall needs for an answer. */
const SLOW_MS = 5_000

/** Passes the answer on, and tells the reader once when it keeps them waiting. */
export async function told<T>(answer: Promise<T>): Promise<T> {
  const waiting = setTimeout(() => notify(t().failure.slow, 'bad'), SLOW_MS)
  try {
    return await answer
  } finally {
    clearTimeout(waiting)
  }
}
