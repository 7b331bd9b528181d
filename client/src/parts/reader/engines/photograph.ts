// A photograph on its own, evidence of what was done: one picture in the place of a document.

import { type Doc, type Image, ReaderFault } from '../model'
import { picture } from './picture'

export function openPhotograph(bytes: Uint8Array): Doc {
  const urls: string[] = []
  const image: Image = picture(bytes, '', urls)
  if (image.url === null) throw new ReaderFault('damaged', 'not a picture')
  return { blocks: [image], close: () => urls.forEach((url) => URL.revokeObjectURL(url)) }
}
