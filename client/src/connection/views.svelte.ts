/** A reactive map from a view's key to its value: whoever reads one key is run again only when that key changes. */
export type Entries = Record<string, unknown>

class Cell {
  value: unknown = $state.raw()
  constructor(value: unknown) {
    this.value = value
  }
}

export class Views<Values, Families> {
  #cells = new Map<string, Cell>()
  /** Counts changes of the set of keys. Whoever looks for an absent key, or lists keys, depends on it. */
  #keys = $state(0)

  get<Key extends keyof Values & string>(key: Key): Values[Key] | undefined {
    const cell = this.#cells.get(key)
    if (cell) return cell.value as Values[Key]
    void this.#keys
    return undefined
  }

  has(key: keyof Values & string): boolean {
    void this.#keys
    return this.#cells.has(key)
  }

  /** Values of the keys `family/<number>`, in the order of their numbers. */
  numbered<Name extends keyof Families & string>(family: Name): Families[Name][] {
    void this.#keys
    const start = `${family}/`
    const found: [number, Cell][] = []
    for (const [key, cell] of this.#cells) {
      if (key.startsWith(start) && /^\d+$/.test(key.slice(start.length))) found.push([Number(key.slice(start.length)), cell])
    }
    return found.sort(([a], [b]) => a - b).map(([, cell]) => cell.value as Families[Name])
  }

  change(set: Entries, drop: readonly string[]): void {
    let keysChanged = false
    for (const key of drop) {
      const cell = this.#cells.get(key)
      if (!cell) continue
      this.#cells.delete(key)
      cell.value = undefined
      keysChanged = true
    }
    for (const [key, value] of Object.entries(set)) {
      const cell = this.#cells.get(key)
      if (cell) cell.value = value
      else {
        this.#cells.set(key, new Cell(value))
        keysChanged = true
      }
    }
    if (keysChanged) this.#keys += 1
  }

  /** Takes `set` for everything. Values that say the same stay the same object, so that a reconnect redraws nothing. */
  replace(set: Entries): void {
    const changed = Object.entries(set).filter(([key, value]) => {
      const cell = this.#cells.get(key)
      return !cell || JSON.stringify(cell.value) !== JSON.stringify(value)
    })
    const gone = [...this.#cells.keys()].filter((key) => !(key in set))
    this.change(Object.fromEntries(changed), gone)
  }
}
