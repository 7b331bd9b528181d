/** The security notes of this very version: the repository's file, built into the page, so that the two cannot differ. */

export async function protectionText(): Promise<Uint8Array> {
  const { default: text } = await import('../../../../../docs/threat-model.md?raw')
  return new TextEncoder().encode(text)
}
