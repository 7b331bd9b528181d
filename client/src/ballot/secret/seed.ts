/**
 * The voter's seed of a round: 32 random bytes from which token and vote key follow. It is kept before the first call to the
 * server, for a token is given once; what is used is what was read back, so that two tabs use the same.
 */
import { b64, unb64 } from './bytes'
import { Places } from './places'
import { type Round, roundName } from './round'

const SEED_BYTES = 32
/** Other tabs answer at once when they are awake; a sleeping tab has nothing in flight either. */
const TABS_WAIT_MS = 150

const seedKey = (round: Round) => `pingyi.seed.${roundName(round)}`

type Held = { seed: string; used: boolean }
type Word = { type: 'ask'; key: string; held?: Held } | { type: 'hold'; key: string; held: Held } | { type: 'forget'; key: string }

/** What tabs talk over; a BroadcastChannel. */
export interface TabChannel {
  postMessage(word: unknown): void
  onmessage: ((event: MessageEvent) => void) | null
  close(): void
}

export interface SeedWorld {
  random(bytes: Uint8Array): Uint8Array
  channel(): TabChannel | undefined
}

const browser: SeedWorld = {
  random: (bytes) => crypto.getRandomValues(bytes as Uint8Array<ArrayBuffer>),
  // Safari before 15.4 has none; its tabs share localStorage at once.
  channel: () => (typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('pingyi.seed')),
}

export class Seeds {
  readonly #held = new Map<string, Held>()
  readonly #waiting = new Set<(word: Word) => void>()
  #channel: TabChannel | undefined

  constructor(
    readonly places: Places = new Places(),
    private readonly world: SeedWorld = browser,
  ) {}

  /** The seed kept for the round, or a new one that is kept now. */
  async seedFor(round: Round): Promise<Uint8Array> {
    const key = seedKey(round)
    this.#listen()
    const fresh = b64(this.world.random(new Uint8Array(SEED_BYTES)))
    const settled = await this.places.settle(key, fresh)
    let seed = settled.value
    // Where no transaction decided, another tab may have written in the same moment.
    if (settled.agreed === 'by_this_tab' && seed === fresh) seed = await this.#agree(key, seed)
    this.#held.set(key, { seed, used: this.#held.get(key)?.seed === seed && this.#held.get(key)!.used })
    return unb64(seed, SEED_BYTES)
  }

  /** The seed kept, without making one. */
  async kept(round: Round): Promise<Uint8Array | undefined> {
    return readable(await this.places.read(seedKey(round)))[0]
  }

  /** Called before the seed goes into a request: it now wins over one that a tab has only made. */
  use(round: Round, seed: Uint8Array): void {
    this.#held.set(seedKey(round), { seed: b64(seed), used: true })
  }

  /** Seeds of the round other than the one that the server refused, from both places and from other tabs. */
  async others(round: Round, refused: Uint8Array): Promise<Uint8Array[]> {
    const key = seedKey(round)
    this.#held.delete(key)
    const found = [...(await this.places.read(key)), ...(await this.#ask(key)).map((held) => held.seed)]
    return readable([...new Set(found)].filter((seed) => seed !== b64(refused)))
  }

  /** Keeps in both places the seed that the server knows. */
  async adopt(round: Round, seed: Uint8Array): Promise<void> {
    await this.places.change(seedKey(round), ([first]) => first, () => b64(seed))
    this.use(round, seed)
  }

  async forget(round: Round): Promise<void> {
    const key = seedKey(round)
    this.#held.delete(key)
    this.#say({ type: 'forget', key })
    await this.places.remove(key)
  }

  close(): void {
    this.#channel?.close()
    this.#channel = undefined
  }

  /** A used seed wins, else the lowest: every tab comes to the same without a referee. */
  async #agree(key: string, own: string): Promise<string> {
    const candidates = [...(await this.#ask(key, { seed: own, used: false })), { seed: own, used: false }]
    candidates.sort((a, b) => Number(b.used) - Number(a.used) || (a.seed < b.seed ? -1 : a.seed > b.seed ? 1 : 0))
    const { seed } = candidates[0]!
    return (await this.places.change(key, ([first]) => first, () => seed)) ?? seed
  }

  #ask(key: string, held?: Held): Promise<Held[]> {
    this.#listen()
    if (!this.#channel) return Promise.resolve([])
    const heard: Held[] = []
    const hear = (word: Word) => {
      if (word.type !== 'forget' && word.key === key && word.held) heard.push(word.held)
    }
    if (held) this.#held.set(key, held)
    this.#waiting.add(hear)
    this.#say({ type: 'ask', key, held })
    return new Promise((resolve) => {
      setTimeout(() => {
        this.#waiting.delete(hear)
        resolve(heard)
      }, TABS_WAIT_MS)
    })
  }

  #listen(): void {
    if (this.#channel) return
    try {
      this.#channel = this.world.channel()
    } catch {
      return
    }
    if (!this.#channel) return
    this.#channel.onmessage = ({ data }: MessageEvent) => {
      const word = data as Word
      if (word.type === 'forget') this.#held.delete(word.key)
      for (const hear of this.#waiting) hear(word)
      const held = word.type === 'ask' ? this.#held.get(word.key) : undefined
      if (held) this.#say({ type: 'hold', key: word.key, held })
    }
  }

  #say(word: Word): void {
    try {
      this.#channel?.postMessage(word)
    } catch {
      // A closed channel: this tab is going away.
    }
  }
}

function readable(values: string[]): Uint8Array[] {
  return values.flatMap((value) => {
    try {
      return [unb64(value, SEED_BYTES)]
    } catch {
      return []
    }
  })
}

/** This page's seeds. */
export const seeds = new Seeds()

export const forgetSeed = (round: Round): Promise<void> => seeds.forget(round)
