/** Requests to the server: JSON both ways, a bearer when there is one, and one kind of error. */
import type { Problem } from '../protocol/generated'

/**
 * - `refused`: the server says no (4xx); `problem` says why
 * - `fault`: the server cannot at present (5xx)
 * - `offline`, `timeout`: no answer; the request may or may not have been carried out
 * - `unreadable`: an answer that is not ours
 */
export type FailureKind = 'refused' | 'fault' | 'offline' | 'timeout' | 'unreadable'

export class ApiError extends Error {
  override name = 'ApiError'
  constructor(
    readonly kind: FailureKind,
    /** 0 where no server spoke. */
    readonly status: number,
    readonly problem?: Problem,
  ) {
    super(`${kind} ${status} ${problem?.code ?? ''}`)
  }
}

export interface Ask {
  bearer?: string
  timeout_ms?: number
  /** Ends the request early, as when its page part is closed. */
  signal?: AbortSignal
  /** Whether the browser may keep the answer; it may not where nothing is said. */
  cache?: RequestCache
}

const TIMEOUT_MS = 10_000
/** Uploads on a full hall's Wi-Fi are slow without being stuck. */
const UPLOAD_TIMEOUT_MS = 120_000

export const get = <T>(path: string, ask: Ask = {}): Promise<T> => request<T>('GET', path, undefined, ask)
export const post = <T>(path: string, body?: unknown, ask: Ask = {}): Promise<T> => request<T>('POST', path, json(body), ask)
export const put = <T>(path: string, body?: unknown, ask: Ask = {}): Promise<T> => request<T>('PUT', path, json(body), ask)
export const remove = <T>(path: string, ask: Ask = {}): Promise<T> => request<T>('DELETE', path, undefined, ask)

/** Fetches a stored file as it is. `progress` takes the share that has arrived, where the server told the whole. */
export async function bytes(path: string, ask: Ask = {}, progress?: (share: number) => void): Promise<Uint8Array> {
  return exchange('GET', path, undefined, { timeout_ms: UPLOAD_TIMEOUT_MS, ...ask }, async (response) => {
    if (!response.ok) return read<never>(response.status, false, await response.text())
    return arriving(response, progress)
  })
}

/** Sends a file as it is; its type is the request's content type. */
export function upload<T>(path: string, file: Blob, ask: Ask = {}): Promise<T> {
  const type = file.type || 'application/octet-stream'
  return request<T>('POST', path, { type, content: file }, { timeout_ms: UPLOAD_TIMEOUT_MS, ...ask })
}

interface Content {
  type: string
  content: BodyInit
}

function json(body: unknown): Content | undefined {
  return body === undefined ? undefined : { type: 'application/json', content: JSON.stringify(body) }
}

function request<T>(method: string, path: string, body: Content | undefined, ask: Ask): Promise<T> {
  return exchange(method, path, body, ask, async (response) => read<T>(response.status, response.ok, await response.text()))
}

async function exchange<T>(method: string, path: string, body: Content | undefined, ask: Ask, take: (response: Response) => Promise<T>): Promise<T> {
  const abort = new AbortController()
  const stop = () => abort.abort()
  let late = false
  const timer = setTimeout(() => {
    late = true
    abort.abort()
  }, ask.timeout_ms ?? TIMEOUT_MS)
  ask.signal?.addEventListener('abort', stop)
  const headers: Record<string, string> = { Accept: 'application/json' }
  if (body) headers['Content-Type'] = body.type
  if (ask.bearer) headers['Authorization'] = `Bearer ${ask.bearer}`
  try {
    // There are no cookies. Were credentials left out here, browsers would send a secret cast, which leaves them out, over this
    // same connection, and the server could tell whose it is.
    const response = await fetch(path, { method, headers, body: body?.content, signal: abort.signal, credentials: 'same-origin', cache: ask.cache ?? 'no-store' })
    return await take(response)
  } catch (error) {
    if (error instanceof ApiError || ask.signal?.aborted) throw error
    throw new ApiError(late ? 'timeout' : 'offline', 0)
  } finally {
    clearTimeout(timer)
    ask.signal?.removeEventListener('abort', stop)
  }
}

function read<T>(status: number, ok: boolean, text: string): T {
  let body: unknown
  try {
    body = text === '' ? undefined : JSON.parse(text)
  } catch {
    throw new ApiError(status >= 500 ? 'fault' : 'unreadable', status)
  }
  if (ok) return body as T
  const told = typeof body === 'object' && body !== null && 'code' in body
  throw new ApiError(status >= 500 ? 'fault' : 'refused', status, told ? (body as Problem) : undefined)
}

async function arriving(response: Response, progress?: (share: number) => void): Promise<Uint8Array> {
  const whole = Number(response.headers.get('Content-Length'))
  // A compressed answer tells its packed length, which says nothing about what arrives here.
  if (!progress || !response.body || !(whole > 0) || response.headers.has('Content-Encoding')) {
    return new Uint8Array(await response.arrayBuffer())
  }
  const pieces: Uint8Array[] = []
  let length = 0
  const reader = response.body.getReader()
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    pieces.push(piece.value)
    length += piece.value.length
    progress(Math.min(1, length / whole))
  }
  const all = new Uint8Array(length)
  let place = 0
  for (const piece of pieces) {
    all.set(piece, place)
    place += piece.length
  }
  return all
}
