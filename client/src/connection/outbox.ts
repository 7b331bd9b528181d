/**
 * Commands on their way: each is kept on the device until the server answers it, and sent again after every welcome.
 * Its id is made once, so however often it is sent it counts once.
 */
import type { Command, Expects, Verdict } from '../protocol/generated'
import { newId } from './ids'

export interface Pending {
  id: string
  command: Command
  expects?: Expects
}

/** More than a person can intend while the network is away; beyond it `post` fails. */
export const OUTBOX_LIMIT = 64

export class OutboxFull extends Error {
  override name = 'OutboxFull'
}

/** The server did not understand what was sent; sending it again would end every connection. */
export class CommandNotUnderstood extends Error {
  override name = 'CommandNotUnderstood'
}

interface Waiter {
  resolve: (verdict: Verdict) => void
  reject: (error: Error) => void
}

export class Outbox {
  /** False when storage failed: what is pending is then lost with the page, and the page must say so. */
  durable = true
  private key: string
  private pending: Pending[]
  private waiters = new Map<string, Waiter>()

  constructor(appraisal: string, role: string) {
    this.key = `pingyi.outbox.${appraisal}.${role}`
    this.pending = this.read()
  }

  get size(): number {
    return this.pending.length
  }

  /** The promise fails with `OutboxFull` at the bound, and with `CommandNotUnderstood`; a refusal is a verdict. */
  post(command: Command, expects?: Expects, id = newId()): { pending: Pending | undefined; verdict: Promise<Verdict> } {
    if (this.pending.length >= OUTBOX_LIMIT) return { pending: undefined, verdict: Promise.reject(new OutboxFull()) }
    const pending: Pending = expects ? { id, command, expects } : { id, command }
    this.pending.push(pending)
    this.write((kept) => [...kept, pending])
    const verdict = new Promise<Verdict>((resolve, reject) => this.waiters.set(pending.id, { resolve, reject }))
    return { pending, verdict }
  }

  find(id: string): Pending | undefined {
    return this.pending.find((one) => one.id === id)
  }

  /** All that is unanswered, oldest first. */
  unanswered(): readonly Pending[] {
    return this.pending
  }

  /** Returns the command when nobody on this page waits for it: it was posted before a reload. */
  receipt(id: string, verdict: Verdict): Pending | undefined {
    const pending = this.find(id)
    this.pending = this.pending.filter((one) => one.id !== id)
    this.write((kept) => kept.filter((one) => one.id !== id))
    const waiter = this.waiters.get(id)
    this.waiters.delete(id)
    waiter?.resolve(verdict)
    return waiter ? undefined : pending
  }

  /** Gives up on everything that is pending. */
  abandon(): void {
    const ids = new Set(this.pending.map((one) => one.id))
    this.pending = []
    this.write((kept) => kept.filter((one) => !ids.has(one.id)))
    for (const waiter of this.waiters.values()) waiter.reject(new CommandNotUnderstood())
    this.waiters.clear()
  }

  private read(): Pending[] {
    try {
      const kept: unknown = JSON.parse(localStorage.getItem(this.key) ?? '[]')
      return Array.isArray(kept) ? kept.filter(isPending).slice(0, OUTBOX_LIMIT) : []
    } catch (error) {
      // Unreadable text is dropped; a storage that throws is no storage.
      if (!(error instanceof SyntaxError)) this.durable = false
      return []
    }
  }

  /** Changes what is stored now, not what this page remembers: a second tab of the same role stores there too. */
  private write(change: (kept: Pending[]) => Pending[]): void {
    const kept = change(this.read()).slice(0, OUTBOX_LIMIT)
    try {
      if (kept.length > 0) localStorage.setItem(this.key, JSON.stringify(kept))
      else localStorage.removeItem(this.key)
    } catch {
      this.durable = false
    }
  }
}

function isPending(value: unknown): value is Pending {
  if (typeof value !== 'object' || value === null) return false
  const { id, command } = value as Partial<Pending>
  return typeof id === 'string' && typeof command === 'object' && command !== null
}
