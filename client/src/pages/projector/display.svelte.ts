/** The screen as a device: dark or light, full or in a window, and a cursor that leaves. */
import { setTheme, type Theme } from '../../parts/theme'
import { keep, recall } from '../../session/storage'

const KEY = 'pingyi.projector.theme'
const IDLE_MS = 3_000

/** The address decides first (an LED wall's own bookmark), then this machine's last choice, then the system. */
function firstTheme(): Theme {
  if (new URLSearchParams(location.search).has('dark')) return 'dark'
  const kept = recall(KEY)
  if (kept === 'dark' || kept === 'light') return kept
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
}

export class Display {
  idle = $state(false)
  #theme: Theme = firstTheme()
  #timer: ReturnType<typeof setTimeout> | undefined

  /** Returns how to stop. */
  start(): () => void {
    setTheme(this.#theme)
    this.#moved()
    document.addEventListener('keydown', this.#key)
    document.addEventListener('dblclick', toggleFullscreen)
    document.addEventListener('pointermove', this.#moved)
    return () => {
      clearTimeout(this.#timer)
      document.removeEventListener('keydown', this.#key)
      document.removeEventListener('dblclick', toggleFullscreen)
      document.removeEventListener('pointermove', this.#moved)
    }
  }

  #key = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return
    const key = event.key.toLowerCase()
    if (key === 'd') this.#turn()
    if (key === 'f') toggleFullscreen()
  }

  #turn(): void {
    this.#theme = this.#theme === 'dark' ? 'light' : 'dark'
    setTheme(this.#theme)
    keep(KEY, this.#theme)
    // What was pressed last shall also hold after a reload, so the address no longer decides.
    const address = new URL(location.href)
    address.searchParams.delete('dark')
    history.replaceState(history.state, '', address)
  }

  #moved = (): void => {
    this.idle = false
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      this.idle = true
    }, IDLE_MS)
  }
}

function toggleFullscreen(): void {
  // Refused without a gesture, or absent in an embedded browser: the window then stays as it is.
  if (document.fullscreenElement) void document.exitFullscreen?.()
  else void document.documentElement.requestFullscreen?.().catch(() => undefined)
}
