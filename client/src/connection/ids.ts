/** Ids that the device makes, one for each intention. `crypto.randomUUID` does not exist over plain http. */

/** A UUIDv7: sorts by time of making, 74 random bits. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  let instant_ms = Date.now()
  for (let place = 5; place >= 0; place -= 1) {
    bytes[place] = instant_ms % 256
    instant_ms = Math.floor(instant_ms / 256)
  }
  bytes[6] = 0x70 | (bytes[6]! & 0x0f)
  bytes[8] = 0x80 | (bytes[8]! & 0x3f)
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
