/** Sending a large file with its progress, which `fetch` does not tell. */
import type { Problem } from '../protocol/generated'
import { ApiError } from './api'

export interface Sending {
  bearer?: string
  /** Share of the file that has left this device, 0 to 1. */
  onProgress?: (share: number) => void
  signal?: AbortSignal
}

/** No byte moved for so long: the network is gone, however large the file. */
const STUCK_LIMIT_MS = 30_000

export function sendFile<T>(path: string, file: Blob, { bearer, onProgress, signal }: Sending = {}): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    let guard: ReturnType<typeof setTimeout>
    const alive = () => {
      clearTimeout(guard)
      guard = setTimeout(() => {
        reject(new ApiError('timeout', 0))
        request.abort()
      }, STUCK_LIMIT_MS)
    }
    const fail = () => {
      clearTimeout(guard)
      reject(new ApiError('offline', 0))
    }
    request.open('POST', path)
    request.setRequestHeader('Accept', 'application/json')
    request.setRequestHeader('Content-Type', file.type || 'application/octet-stream')
    if (bearer) request.setRequestHeader('Authorization', `Bearer ${bearer}`)
    request.upload.onprogress = (event) => {
      alive()
      if (event.lengthComputable) onProgress?.(event.loaded / event.total)
    }
    request.onerror = fail
    request.onabort = fail
    request.onload = () => {
      clearTimeout(guard)
      answer(request, resolve, reject)
    }
    signal?.addEventListener('abort', () => request.abort())
    alive()
    request.send(file)
  })
}

function answer<T>(request: XMLHttpRequest, resolve: (body: T) => void, reject: (error: ApiError) => void): void {
  const { status } = request
  const kind = status >= 500 ? 'fault' : 'refused'
  let body: unknown
  try {
    body = JSON.parse(request.responseText)
  } catch {
    return reject(new ApiError(status >= 500 ? 'fault' : 'unreadable', status))
  }
  if (status >= 200 && status < 300) return resolve(body as T)
  const told = typeof body === 'object' && body !== null && 'code' in body
  reject(new ApiError(kind, status, told ? (body as Problem) : undefined))
}
