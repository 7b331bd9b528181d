// Pictures inside a document: which formats a phone can show, and how large they unpack.

import { LIMITS, type Image } from '../model'

interface Format {
  mime: string
  width: number
  height: number
}

/** An image block for bytes carried in the document; what cannot be shown gets no URL. */
export function picture(bytes: Uint8Array | null, alt: string, urls: string[]): Image {
  const format = bytes ? recognise(bytes) : null
  if (!bytes || !format || format.width * format.height > LIMITS.image_pixels || urls.length >= LIMITS.images) {
    return { type: 'image', url: null, alt, width: 0, height: 0 }
  }
  const url = URL.createObjectURL(new Blob([bytes as BlobPart], { type: format.mime }))
  urls.push(url)
  return { type: 'image', url, alt, width: format.width, height: format.height }
}

/** By the first bytes, never by name: SVG, EMF and WMF are not shown. */
export function recognise(bytes: Uint8Array): Format | null {
  if (bytes.length < 30) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (view.getUint32(0) === 0x89504e47) {
    return { mime: 'image/png', width: view.getUint32(16), height: view.getUint32(20) }
  }
  if (view.getUint32(0) === 0x47494638) {
    return { mime: 'image/gif', width: view.getUint16(6, true), height: view.getUint16(8, true) }
  }
  if (view.getUint16(0) === 0x424d) {
    return { mime: 'image/bmp', width: view.getUint32(18, true), height: Math.abs(view.getInt32(22, true)) }
  }
  if (view.getUint16(0) === 0xffd8) return jpeg(view)
  return null
}

function jpeg(view: DataView): Format | null {
  let at = 2
  while (at + 9 < view.byteLength) {
    if (view.getUint8(at) !== 0xff) return null
    const marker = view.getUint8(at + 1)
    const frame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
    if (frame) return { mime: 'image/jpeg', width: view.getUint16(at + 7), height: view.getUint16(at + 5) }
    at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2)
  }
  return null
}
