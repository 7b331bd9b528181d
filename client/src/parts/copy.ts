/** Copying over plain http, where browsers offer no clipboard interface. */
export function copyText(text: string): boolean {
  const box = document.createElement('textarea')
  box.value = text
  box.setAttribute('readonly', '')
  box.className = 'visually-hidden'
  const before = document.activeElement
  // Inside an open dialog only the dialog's own content can be focused.
  const home = before?.closest('dialog') ?? document.body
  home.append(box)
  box.select()
  try {
    return document.execCommand('copy')
  } catch {
    return false
  } finally {
    box.remove()
    if (before instanceof HTMLElement) before.focus()
  }
}
