/** Getting in: by seat card, or by hall code with name and PIN. One attempt at a time. */
import type { DoorInfo, SignedIn, TakeOver } from '../../protocol/generated'
import { ApiError } from '../../session/api'
import { door, enterByCard, enterByHall, type HallEntry } from '../../session/enter'

export type Way = { type: 'card'; code: string } | ({ type: 'hall' } & HallEntry)

export class Entry {
  way = $state<Way['type']>('card')
  busy = $state(false)
  failure = $state.raw<unknown>()
  /** No attempt before this instant of this device's clock; 0 if none is barred. */
  waitUntil_ms = $state(0)
  /** Who is in the sitting on another device, while it is asked whether to move here. */
  elsewhere = $state<string>()
  code = $state('')
  hallCode = $state('')
  /** False while the hall code is the one that was scanned. */
  typesHallCode = $state(true)
  name = $state('')
  pin = $state('')
  /** The sitting behind the hall code, once the door has told it. */
  door = $state.raw<DoorInfo>()

  constructor(private readonly onEntered: (signedIn: SignedIn) => void) {}

  /** True if the fields name a way in; then it is being taken. */
  follow(fields: URLSearchParams): boolean {
    const card = fields.get('c')
    const hall = fields.get('h')
    if (card) {
      this.way = 'card'
      this.code = card
      void this.enter()
    } else if (hall) {
      this.way = 'hall'
      this.hallCode = hall
      this.typesHallCode = false
      void this.#askDoor()
    }
    return Boolean(card ?? hall)
  }

  get problem() {
    return this.failure instanceof ApiError ? this.failure.problem : undefined
  }

  async enter(takeOver: TakeOver = 'ask'): Promise<void> {
    if (this.busy || this.waitUntil_ms > Date.now()) return
    this.busy = true
    this.failure = undefined
    this.elsewhere = undefined
    try {
      const signedIn = await this.#try(takeOver)
      this.busy = false
      this.onEntered(signedIn)
    } catch (error) {
      this.busy = false
      this.#failed(error)
    }
  }

  over(): void {
    this.waitUntil_ms = 0
    this.failure = undefined
  }

  #try(takeOver: TakeOver): Promise<SignedIn> {
    if (this.way === 'card') return enterByCard(this.code.trim(), takeOver)
    const entry = { hallCode: this.hallCode.trim(), name: this.name.trim(), pin: this.pin.trim(), appraisal: this.door?.appraisal }
    return enterByHall(entry, takeOver)
  }

  #failed(error: unknown): void {
    const problem = error instanceof ApiError ? error.problem : undefined
    if (problem?.code === 'on_another_device') {
      this.elsewhere = problem.name
      return
    }
    if (problem?.code === 'wait' || problem?.code === 'too_many_requests') this.waitUntil_ms = Date.now() + problem.retry_after_s * 1000
    if (problem?.code === 'wrong_pin') this.pin = ''
    if (problem?.code === 'hall_code_expired') {
      // The old code would only fail again; the new one can be scanned or typed.
      this.hallCode = ''
      this.typesHallCode = true
    }
    this.failure = error
  }

  async #askDoor(): Promise<void> {
    try {
      this.door = await door(this.hallCode)
    } catch (error) {
      this.#failed(error)
    }
  }
}
