/** 大字: the reader's own text size, kept on the device and put on the html element. */

export const TEXT_SIZES = ['normal', 'large', 'larger'] as const
export type TextSize = (typeof TEXT_SIZES)[number]

const KEY = 'pingyi.text_size'

function stored(): TextSize {
  try {
    const value = localStorage.getItem(KEY)
    return TEXT_SIZES.find((size) => size === value) ?? 'normal'
  } catch {
    return 'normal'
  }
}

const first = stored()
let current = $state<TextSize>(first)
document.documentElement.dataset.textSize = first

export function textSize(): TextSize {
  return current
}

export function setTextSize(next: TextSize): void {
  current = next
  document.documentElement.dataset.textSize = next
  try {
    localStorage.setItem(KEY, next)
  } catch {
    // The choice then lasts as long as the page.
  }
}
