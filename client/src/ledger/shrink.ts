/**
 * A phone's photograph has many megabytes, which a hall's Wi-Fi and the record do not need. What the browser cannot draw
 * goes as it is; the server judges it.
 */

/** Longer side in pixels: a page of text in it is still read. */
const SIDE_MAX_PX = 2_000
const QUALITY = 0.85
/** Smaller files are not worth the work. */
const SMALL_BYTES = 600_000

export async function shrink(file: File): Promise<File> {
  if (!file.type.startsWith('image/') || (file.type === 'image/jpeg' && file.size <= SMALL_BYTES)) return file
  const url = URL.createObjectURL(file)
  try {
    const picture = new Image()
    picture.src = url
    await picture.decode()
    const share = Math.min(1, SIDE_MAX_PX / Math.max(picture.naturalWidth, picture.naturalHeight))
    const canvas = document.createElement('canvas')
    canvas.width = Math.round(picture.naturalWidth * share)
    canvas.height = Math.round(picture.naturalHeight * share)
    const pen = canvas.getContext('2d')
    if (!pen) return file
    // Drawings with a clear ground would turn black.
    pen.fillStyle = '#fff'
    pen.fillRect(0, 0, canvas.width, canvas.height)
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height)
    const drawn = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', QUALITY))
    if (!drawn) return file
    return new File([drawn], `${file.name.replace(/\.[^.]*$/, '')}.jpg`, { type: 'image/jpeg' })
  } catch {
    return file
  } finally {
    URL.revokeObjectURL(url)
  }
}
