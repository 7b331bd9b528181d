// The only door to the engines. Each is imported when a document of its kind is
// opened, so that a member who reads nothing downloads none of them.

import { promoteHeadings } from './outline'
import { LIMITS, ReaderFault, type Doc, type Kind } from './model'

export type { Block, Doc, Kind, Pages, Run } from './model'
export { ReaderFault } from './model'

/** Share of the work done, 0 to 1. */
export type Progress = (share: number) => void

export async function openDocument(bytes: Uint8Array, kind: Kind, progress: Progress = () => {}): Promise<Doc> {
  if (bytes.byteLength === 0) throw new ReaderFault('empty')
  if (bytes.byteLength > LIMITS.file_bytes) throw new ReaderFault('too_large', 'file')
  const open = await engine(kind)
  let doc: Doc
  try {
    doc = await open(bytes, progress)
  } catch (cause) {
    if (cause instanceof ReaderFault) throw cause
    throw new ReaderFault('damaged', String(cause))
  }
  if (doc.blocks.length === 0 && !doc.pages) {
    doc.close()
    throw new ReaderFault('empty')
  }
  promoteHeadings(doc.blocks)
  return doc
}

type Engine = (bytes: Uint8Array, progress: Progress) => Promise<Doc> | Doc

async function engine(kind: Kind): Promise<Engine> {
  try {
    switch (kind) {
      case 'docx':
        return (await import('./engines/docx')).openDocx
      case 'pdf':
        return (await import('./engines/pdf')).openPdf
      case 'md':
        return (await import('./engines/markdown')).openMarkdown
      case 'txt':
        return (await import('./engines/plain')).openPlain
      case 'jpeg':
      case 'png':
        return (await import('./engines/photograph')).openPhotograph
    }
  } catch (cause) {
    // The chunk did not arrive: the hall's network, not the document.
    throw new ReaderFault('engine_missing', String(cause))
  }
  throw new ReaderFault('unknown_kind', String(kind))
}

/** The kind a file name promises, or null when this reader cannot show it. */
export function kindOfName(name: string): Kind | null {
  const ending = /\.([a-z]+)$/i.exec(name)?.[1]?.toLowerCase()
  switch (ending) {
    case 'docx':
    case 'pdf':
    case 'md':
    case 'txt':
      return ending
    case 'markdown':
      return 'md'
    default:
      return null
  }
}
