/** The short form of a digest, as the hall screen and the phones show it for people to compare. */

/** Crockford's base32: no I, L, O, U, so that nobody in the hall misreads it. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** Four groups of four characters, joined by hyphens: the first 80 bits of a digest written in hex. */
export function shortCode(hex: string): string {
  const bits = Array.from(hex.slice(0, 20), (digit) => Number.parseInt(digit, 16).toString(2).padStart(4, '0')).join('')
  const letters = (bits.match(/.{5}/g) ?? []).map((five) => LETTERS[Number.parseInt(five, 2)]).join('')
  return (letters.match(/.{4}/g) ?? []).join('-')
}
