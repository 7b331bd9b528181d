/** The server's clock, read once a second at the turn of its second, so that all screens change together. */
export class Ticker {
  now_ms = $state(Date.now())

  /** Runs until the returned function is called. */
  start(offset_ms: () => number): () => void {
    let timer: ReturnType<typeof setTimeout>
    const tick = () => {
      this.now_ms = Date.now() + offset_ms()
      timer = setTimeout(tick, 1000 - (this.now_ms % 1000))
    }
    tick()
    return () => clearTimeout(timer)
  }
}
