import { tick } from 'svelte'

/** Prints the page once its pictures are drawn: one that is not decoded yet would come out as a white square. */
export async function printPage(): Promise<void> {
  await tick()
  await Promise.all([...document.images].map((image) => image.decode().catch(() => {})))
  window.print()
}
