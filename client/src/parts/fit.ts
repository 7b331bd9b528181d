/** Makes a text as large as its box allows. */
import type { Attachment } from 'svelte/attachments'

interface Bounds {
  max_rem: number
  min_rem: number
  /** What stands in the box: named here so that the size is found anew when it changes. */
  content: unknown
}

/** Half steps of the search; 8 find the size to within a hundredth of the range. */
const STEPS = 8

/** Goes on a box that has a size of its own and no padding above or below; its one child is the text, with sizes in em. */
export function fit({ max_rem, min_rem }: Bounds): Attachment<HTMLElement> {
  return (box) => {
    const text = box.firstElementChild
    if (!(text instanceof HTMLElement)) return
    const fits = (rem: number) => {
      box.style.fontSize = `${rem}rem`
      const { paddingLeft, paddingRight } = getComputedStyle(box)
      const width_px = box.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight)
      return text.offsetHeight <= box.clientHeight && Math.max(text.scrollWidth, text.offsetWidth) <= Math.ceil(width_px)
    }
    const search = () => {
      if (fits(max_rem)) return
      let [low, high] = [min_rem, max_rem]
      for (let step = 0; step < STEPS; step += 1) {
        const middle = (low + high) / 2
        if (fits(middle)) low = middle
        else high = middle
      }
      fits(low)
    }
    search()
    const watch = new ResizeObserver(search)
    watch.observe(box)
    return () => watch.disconnect()
  }
}
