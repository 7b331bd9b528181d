/** Bytes and their spellings on the wire. Every reader is strict: one value has one spelling, or two of them would make two digests. */

const encoder = new TextEncoder()

export const utf8 = (text: string): Uint8Array => encoder.encode(text)

export function join(...parts: Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let place = 0
  for (const part of parts) {
    whole.set(part, place)
    place += part.length
  }
  return whole
}

export const u16 = (value: number): Uint8Array => Uint8Array.of(value >>> 8, value & 255)
export const u32 = (value: number): Uint8Array => Uint8Array.of(value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255)

export const same = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((byte, place) => byte === b[place])

/** Below 0, 0 or above 0, as bytes sort. */
export function compare(a: Uint8Array, b: Uint8Array): number {
  for (let place = 0; place < a.length && place < b.length; place += 1) {
    const difference = a[place]! - b[place]!
    if (difference !== 0) return difference
  }
  return a.length - b.length
}

export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** base64url without padding. */
export function b64(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')
}

/** Throws unless the text is the one base64url spelling of exactly so many bytes. */
export function unb64(text: unknown, length: number): Uint8Array {
  if (typeof text !== 'string' || text.length !== Math.ceil((length * 4) / 3)) throw new TypeError('base64url of another length')
  const bytes = Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (letter) => letter.charCodeAt(0))
  // Trailing bits that no byte holds would give one value several spellings.
  if (b64(bytes) !== text) throw new TypeError('not canonical base64url')
  return bytes
}
