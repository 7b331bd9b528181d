/**
 * What the clerk has typed over what the server says. It stays while views change underneath or the network is away,
 * and gives way only once the server shows something new after a save.
 */
export class Draft<T extends object> {
  #source: () => T
  #typed = $state.raw<T>()
  /** What the server said when the clerk began to type. */
  #base = $state.raw('')
  #saved = $state(false)

  constructor(source: () => T) {
    this.#source = source
  }

  get value(): T {
    return this.#typed && !this.#overtaken ? this.#typed : this.#source()
  }

  /** Typed and not yet saved. */
  get dirty(): boolean {
    return this.#typed !== undefined && !this.#saved && JSON.stringify(this.#typed) !== JSON.stringify(this.#source())
  }

  /** Somebody else changed the same thing since the clerk began to type. */
  get crossed(): boolean {
    return this.dirty && JSON.stringify(this.#source()) !== this.#base
  }

  set<Key extends keyof T>(field: Key, value: T[Key]): void {
    this.put({ ...this.value, [field]: value })
  }

  put(next: T): void {
    if (this.#typed === undefined || this.#saved) this.#base = JSON.stringify(this.#source())
    this.#typed = next
    this.#saved = false
  }

  /** The server has accepted what was typed; its view may come a moment later. */
  saved(): void {
    this.#saved = true
    if (JSON.stringify(this.#source()) !== this.#base) this.drop()
  }

  drop(): void {
    this.#typed = undefined
    this.#saved = false
  }

  get #overtaken(): boolean {
    return this.#saved && JSON.stringify(this.#source()) !== this.#base
  }
}
