/** The one door to the document reader, which is large and fetched only when a document is opened. */
import type { Component } from 'svelte'
import type { DocumentKind } from '../../protocol/generated'

export interface ReaderProps {
  title: string
  digest: string
  load: (progress: (share: number) => void) => Promise<{ bytes: Uint8Array; kind: DocumentKind }>
  onclose: () => void
}

type Module = { default: Component<ReaderProps> }

const found = import.meta.glob<Module>('../../parts/reader/Reader.svelte')

export async function loadReader(): Promise<Component<ReaderProps>> {
  const load = Object.values(found)[0]
  if (!load) throw new Error('this build has no reader')
  return (await load()).default
}
