/** The one door to the signature library; imported lazily. */
import { ed25519 } from '@noble/curves/ed25519.js'

export const publicKeyOf = (seed: Uint8Array): Uint8Array => ed25519.getPublicKey(seed)
export const sign = (text: Uint8Array, seed: Uint8Array): Uint8Array => ed25519.sign(text, seed)
