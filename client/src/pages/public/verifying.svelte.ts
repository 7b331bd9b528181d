/** The check of one released board on this page: fetched whole, then verified away from the page's thread. */
import { withoutPaper } from '../../ballot/paper'
import { type Verifying, verify } from '../../ballot/secret/verifying'
import type { AnnouncedResult, Verdict } from '../../ballot/secret/verify_board'
import { bytes } from '../../session/api'
import type { BallotResult, SecretView } from '../../protocol/generated'

export type Stage =
  | { type: 'idle' }
  | { type: 'fetching' }
  | { type: 'checking'; done: number; total: number }
  | { type: 'verdict'; verdict: Verdict }
  | { type: 'unreachable' }

/** What was announced and must be on the board, which knows of paper only to whom it was given; the attendance list itself is not public, only how long it is. */
export function announcedOf(secret: SecretView, result: BallotResult): AnnouncedResult {
  return {
    header_hash: secret.header_hash,
    digest: secret.digest ?? '',
    attendance: result.present,
    issued: result.issued,
    ...withoutPaper(result),
  }
}

export class BoardCheck {
  #stage = $state.raw<Stage>({ type: 'idle' })
  #running: Verifying | undefined

  get stage(): Stage {
    return this.#stage
  }

  async start(address: string, announced: AnnouncedResult): Promise<void> {
    this.stop()
    this.#stage = { type: 'fetching' }
    try {
      const board = new TextDecoder().decode(await bytes(address))
      this.#stage = { type: 'checking', done: 0, total: 0 }
      this.#running = verify(board, announced, (done, total) => (this.#stage = { type: 'checking', done, total }))
      this.#stage = { type: 'verdict', verdict: await this.#running.verdict }
    } catch {
      this.#stage = { type: 'unreachable' }
    }
  }

  stop(): void {
    this.#running?.cancel()
    this.#running = undefined
  }
}
