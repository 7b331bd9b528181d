/** Two places in the browser for what must outlive the page, localStorage and IndexedDB: phones clear one and spare the other. */

const DATABASE = 'pingyi'
const TABLE = 'secret'
/** Some Safari versions leave the first open of a database unanswered for ever. */
const INDEXED_LIMIT_MS = 1500

/** `one` is what private windows often look like; with `none` all is gone when the page is closed. */
export type Keeping = 'both' | 'one' | 'none'

export interface BrowserStores {
  /** Called for each use, for merely naming them can throw. */
  local(): Storage | undefined
  indexed(): IDBFactory | undefined
}

const browser: BrowserStores = { local: () => globalThis.localStorage, indexed: () => globalThis.indexedDB }

/** Turns what was kept into what shall be kept; undefined removes. */
type Change = (kept: string | undefined) => string | undefined

export class Places {
  /** Only what neither place would take. */
  readonly #memory = new Map<string, string>()

  constructor(private readonly stores: BrowserStores = browser) {}

  /** The values found, IndexedDB's first, for its transactions let one tab only be first. */
  async read(key: string): Promise<string[]> {
    const indexed = await this.#indexed(key, (kept) => kept)
    const found = [indexed?.value, this.#local(key), this.#memory.get(key)]
    return [...new Set(found.filter((value): value is string => value !== undefined))]
  }

  /** Keeps the proposal unless a value is kept already, and gives what was read back from the place that counts. */
  async settle(key: string, proposal: string): Promise<{ value: string; agreed: 'by_transaction' | 'by_this_tab' }> {
    const local = this.#local(key)
    const written = await this.#indexed(key, (kept) => kept ?? local ?? proposal)
    const indexed = written && (await this.#indexed(key, (kept) => kept))?.value
    const value = indexed ?? local ?? proposal
    // A differing value in localStorage may be the one that the server knows; it is left there for whoever is refused.
    if (local === undefined) this.#keepLocal(key, value)
    if (indexed !== undefined) return { value, agreed: 'by_transaction' }
    const back = this.#local(key)
    if (back === undefined) this.#memory.set(key, this.#memory.get(key) ?? value)
    return { value: back ?? this.#memory.get(key) ?? value, agreed: 'by_this_tab' }
  }

  /** Changes the value in both places; `newest` chooses where they differ. Gives what is kept now. */
  async change(key: string, newest: (values: string[]) => string | undefined, change: Change): Promise<string | undefined> {
    let value: string | undefined
    const apply: Change = (kept) => {
      const values = [kept, this.#local(key), this.#memory.get(key)].filter((one): one is string => one !== undefined)
      value = change(newest(values))
      return value
    }
    const indexed = await this.#indexed(key, apply)
    if (!indexed) apply(undefined)
    if (value === undefined) this.#dropLocal(key)
    else this.#keepLocal(key, value)
    const lasts = indexed?.value === value || this.#local(key) === value
    if (lasts || value === undefined) this.#memory.delete(key)
    else this.#memory.set(key, value)
    return value
  }

  async remove(key: string): Promise<void> {
    this.#memory.delete(key)
    this.#dropLocal(key)
    await this.#indexed(key, () => undefined)
  }

  /** Writes, reads back and removes a trial value in each place. */
  async works(): Promise<Keeping> {
    const key = 'pingyi.trial'
    const trial = `${Date.now()}`
    this.#keepLocal(key, trial)
    const local = this.#local(key) === trial
    this.#dropLocal(key)
    await this.#indexed(key, () => trial)
    const indexed = (await this.#indexed(key, (kept) => kept))?.value === trial
    await this.#indexed(key, () => undefined)
    return local && indexed ? 'both' : local || indexed ? 'one' : 'none'
  }

  #local(key: string): string | undefined {
    try {
      return this.stores.local()?.getItem(key) ?? undefined
    } catch {
      return undefined
    }
  }

  #keepLocal(key: string, value: string): void {
    try {
      this.stores.local()?.setItem(key, value)
    } catch {
      // Whoever needs to know reads it back.
    }
  }

  #dropLocal(key: string): void {
    try {
      this.stores.local()?.removeItem(key)
    } catch {
      // Nothing is kept there.
    }
  }

  /** One transaction; undefined where there is no database that answers. */
  async #indexed(key: string, change: Change): Promise<{ value: string | undefined } | undefined> {
    const wait = { over: false }
    let timer: ReturnType<typeof setTimeout> | undefined
    const late = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => {
        wait.over = true
        resolve(undefined)
      }, INDEXED_LIMIT_MS)
    })
    try {
      const factory = this.stores.indexed()
      return factory && (await Promise.race([transact(factory, key, change, wait), late]))
    } catch {
      return undefined
    } finally {
      clearTimeout(timer)
    }
  }
}

/** Tried when a member joins, long before a ballot: `one` and `none` call for a word of warning about private windows. */
export const storageWorks = (): Promise<Keeping> => new Places().works()

function transact(factory: IDBFactory, key: string, change: Change, wait: { over: boolean }): Promise<{ value: string | undefined }> {
  return new Promise((resolve, reject) => {
    const opening = factory.open(DATABASE, 1)
    opening.onupgradeneeded = () => opening.result.createObjectStore(TABLE)
    opening.onerror = () => reject(opening.error)
    opening.onblocked = () => reject(new Error('blocked'))
    opening.onsuccess = () => {
      const database = opening.result
      const end = (settle: () => void) => {
        // Opened for each use: iOS cuts connections of pages in the background.
        database.close()
        settle()
      }
      try {
        let value: string | undefined
        const transaction = database.transaction(TABLE, 'readwrite')
        const table = transaction.objectStore(TABLE)
        const reading = table.get(key) as IDBRequest<unknown>
        reading.onsuccess = () => {
          // The caller has gone on with the other place; a change made now would be made twice.
          if (wait.over) return transaction.abort()
          const kept = typeof reading.result === 'string' ? reading.result : undefined
          value = change(kept)
          if (value === undefined) table.delete(key)
          else if (value !== kept) table.put(value, key)
        }
        transaction.oncomplete = () => end(() => resolve({ value }))
        transaction.onabort = () => end(() => reject(transaction.error))
      } catch (error) {
        end(() => reject(error))
      }
    }
  })
}
