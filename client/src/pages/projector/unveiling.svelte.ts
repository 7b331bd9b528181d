/** Shows what was drawn one after the other to a hall that has waited for it; who comes later sees it at once. */
const STEP_MS = 2_000

export class Unveiling {
  /** How many are uncovered. */
  shown = $state(0)

  /** To be run in an effect. `waited`: this screen has shown the same lot before it was drawn. */
  run(total: number, waited: boolean): () => void {
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches
    if (!waited || still) {
      this.shown = total
      return () => {}
    }
    this.shown = 0
    const timer = setInterval(() => {
      this.shown += 1
      if (this.shown >= total) clearInterval(timer)
    }, STEP_MS)
    return () => clearInterval(timer)
  }
}
