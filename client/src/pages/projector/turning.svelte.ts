/** Pages that a screen without hands shows in turn. */

const TURN_MS = 15_000

export class Turning {
  at = $state(0)

  /** To be run in an effect: turns through that many pages, the first of them first. */
  run(pages: number): () => void {
    this.at = 0
    if (pages < 2) return () => {}
    const timer = setInterval(() => {
      this.at = (this.at + 1) % pages
    }, TURN_MS)
    return () => clearInterval(timer)
  }
}
