// Reads a zip within bounds. The directory's own sizes are believed only to refuse
// early; what is inflated is counted as it comes, so a lying directory gains nothing.

import { Inflate } from 'fflate'
import { LIMITS, ReaderFault } from '../model'

interface Entry {
  method: number
  packed: number
  /** Where the entry's local header is. */
  at: number
}

const END_OF_DIRECTORY = 0x06054b50
const DIRECTORY_ENTRY = 0x02014b50
const LOCAL_HEADER = 0x04034b50
const END_BYTES = 22
const COMMENT_BYTES = 0xffff
/** Deflate grows at most 1032-fold, so one slice can overshoot the bound by 8 MiB. */
const SLICE_BYTES = 8 * 1024

export class Zip {
  private readonly entries = new Map<string, Entry>()
  private readonly view: DataView
  private inflated = 0

  constructor(private readonly bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.readDirectory(this.findEnd())
  }

  has(name: string): boolean {
    return this.entries.has(name)
  }

  /** The entry's bytes, or null when there is no such entry. */
  read(name: string, limit_bytes: number): Uint8Array | null {
    const entry = this.entries.get(name)
    if (!entry) return null
    const packed = this.packedBytes(entry)
    if (entry.method === 0) {
      this.count(packed.length, limit_bytes, packed.length)
      return packed
    }
    if (entry.method !== 8) throw new ReaderFault('damaged', `method ${entry.method}`)
    return this.inflate(packed, limit_bytes)
  }

  private inflate(packed: Uint8Array, limit_bytes: number): Uint8Array {
    const chunks: Uint8Array[] = []
    let total = 0
    const stream = new Inflate((chunk) => {
      total += chunk.length
      this.count(chunk.length, limit_bytes, total)
      chunks.push(chunk)
    })
    try {
      for (let from = 0; from < packed.length; from += SLICE_BYTES) {
        const to = Math.min(from + SLICE_BYTES, packed.length)
        stream.push(packed.subarray(from, to), to === packed.length)
      }
    } catch (cause) {
      if (cause instanceof ReaderFault) throw cause
      throw new ReaderFault('damaged', String(cause))
    }
    const whole = new Uint8Array(total)
    let at = 0
    for (const chunk of chunks) {
      whole.set(chunk, at)
      at += chunk.length
    }
    return whole
  }

  private count(more: number, limit_bytes: number, total: number): void {
    this.inflated += more
    if (this.inflated > LIMITS.inflated_bytes || total > limit_bytes) {
      throw new ReaderFault('too_large', 'inflated')
    }
  }

  private packedBytes(entry: Entry): Uint8Array {
    if (entry.at + 30 > this.bytes.length || this.view.getUint32(entry.at, true) !== LOCAL_HEADER) {
      throw new ReaderFault('damaged', 'local header')
    }
    const from = entry.at + 30 + this.view.getUint16(entry.at + 26, true) + this.view.getUint16(entry.at + 28, true)
    if (from + entry.packed > this.bytes.length) throw new ReaderFault('damaged', 'cut off')
    return this.bytes.subarray(from, from + entry.packed)
  }

  private findEnd(): number {
    const last = this.bytes.length - END_BYTES
    for (let at = last; at >= 0 && at >= last - COMMENT_BYTES; at -= 1) {
      if (this.view.getUint32(at, true) === END_OF_DIRECTORY) return at
    }
    throw new ReaderFault('damaged', 'no zip directory')
  }

  private readDirectory(end: number): void {
    const count = this.view.getUint16(end + 10, true)
    if (count > LIMITS.zip_entries) throw new ReaderFault('too_large', 'entries')
    let at = this.view.getUint32(end + 16, true)
    let declared = 0
    for (let index = 0; index < count; index += 1) {
      if (at + 46 > this.bytes.length || this.view.getUint32(at, true) !== DIRECTORY_ENTRY) {
        throw new ReaderFault('damaged', 'zip directory')
      }
      if (this.view.getUint16(at + 8, true) & 1) throw new ReaderFault('password')
      const unpacked = this.view.getUint32(at + 24, true)
      declared += unpacked
      const name_bytes = this.view.getUint16(at + 28, true)
      const name = new TextDecoder().decode(this.bytes.subarray(at + 46, at + 46 + name_bytes))
      this.entries.set(name.replace(/\\/g, '/').replace(/^\//, ''), {
        method: this.view.getUint16(at + 10, true),
        packed: this.view.getUint32(at + 20, true),
        at: this.view.getUint32(at + 42, true),
      })
      at += 46 + name_bytes + this.view.getUint16(at + 30, true) + this.view.getUint16(at + 32, true)
    }
    if (declared > LIMITS.inflated_bytes) throw new ReaderFault('too_large', 'declared')
  }
}
