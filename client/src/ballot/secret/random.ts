/** Whole numbers from random bytes. */
export interface Randomness {
  random(bytes: Uint8Array): Uint8Array
}

/** 1 to `most`. */
export function randomUpTo({ random }: Randomness, most: number): number {
  const [a, b, c, d] = random(new Uint8Array(4))
  return 1 + Math.floor(((a! * 2 ** 24 + b! * 2 ** 16 + c! * 2 ** 8 + d!) / 2 ** 32) * most)
}
