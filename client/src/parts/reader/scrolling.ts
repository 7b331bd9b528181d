// The place in a document is a block and how much of it has gone by, not a number of
// pixels: type size and width change, the line being read must not.

import type { Mode, Place } from './places'

export function elementAt(column: HTMLElement, at: number): HTMLElement | undefined {
  return column.children[at] as HTMLElement | undefined
}

/** The place at the top edge of the scrolled area, or `below_px` under it. */
export function placeOf(scroller: HTMLElement, column: HTMLElement, mode: Mode, below_px = 0): Place {
  const top = scroller.scrollTop + below_px - offset(scroller, column)
  let low = 0
  let high = column.children.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    const element = elementAt(column, middle)!
    if (element.offsetTop - column.offsetTop + element.offsetHeight > top) high = middle
    else low = middle + 1
  }
  const element = elementAt(column, low)
  if (!element) return { mode, at: 0, share: 0 }
  const gone = top - (element.offsetTop - column.offsetTop)
  const share = element.offsetHeight > 0 ? Math.min(Math.max(gone / element.offsetHeight, 0), 1) : 0
  return { mode, at: low, share }
}

export function scrollToPlace(scroller: HTMLElement, column: HTMLElement, place: Place): void {
  const element = elementAt(column, Math.min(place.at, column.children.length - 1))
  if (!element) return
  const top = element.offsetTop - column.offsetTop + element.offsetHeight * place.share
  // The very first block keeps the space above it.
  scroller.scrollTop = place.at === 0 && place.share === 0 ? 0 : top + offset(scroller, column)
}

/** 0 at the top, 1 when the end has come into view. */
export function readShare(scroller: HTMLElement): number {
  const room = scroller.scrollHeight - scroller.clientHeight
  return room <= 1 ? 1 : Math.min(Math.max(scroller.scrollTop / room, 0), 1)
}

function offset(scroller: HTMLElement, column: HTMLElement): number {
  return column.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop
}
