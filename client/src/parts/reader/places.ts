// What the reader keeps on the device: the type size, and the place in each document,
// so that a phone that was locked or restarted opens at the same line.

/** Pixels of running text. The elder-friendly norm asks for at least 18 and up to 30. */
export const TYPE_SIZES_PX = [20, 24, 29, 36, 44] as const
const FIRST_STEP = 1

/** Widths of an original page, in widths of the screen. */
export const ZOOMS = [1, 1.5, 2, 3] as const

export type Mode = 'text' | 'pages'

export interface Place {
  mode: Mode
  /** Index of the block, or of the page from 0, at the top of the screen. */
  at: number
  /** How much of it is above the screen, 0 to 1. */
  share: number
}

const SIZE_KEY = 'pingyi.reader.size'
const PLACES_KEY = 'pingyi.reader.places'
/** A sitting hears some ten reports; the oldest place is forgotten first. */
const PLACES_MAX = 40

export function keptStep(): number {
  const step = Number(read(SIZE_KEY) ?? FIRST_STEP)
  return Number.isInteger(step) && step >= 0 && step < TYPE_SIZES_PX.length ? step : FIRST_STEP
}

export function keepStep(step: number): void {
  write(SIZE_KEY, String(step))
}

export function keptPlace(digest: string): Place | null {
  return places().find(([key]) => key === digest)?.[1] ?? null
}

export function keepPlace(digest: string, place: Place): void {
  const others = places().filter(([key]) => key !== digest)
  write(PLACES_KEY, JSON.stringify([[digest, place], ...others].slice(0, PLACES_MAX)))
}

function places(): [string, Place][] {
  try {
    const value: unknown = JSON.parse(read(PLACES_KEY) ?? '[]')
    return Array.isArray(value) ? value.filter(isEntry) : []
  } catch {
    return []
  }
}

function isEntry(value: unknown): value is [string, Place] {
  if (!Array.isArray(value) || typeof value[0] !== 'string') return false
  const place = value[1] as Partial<Place> | null
  return (
    (place?.mode === 'text' || place?.mode === 'pages') &&
    Number.isInteger(place.at) &&
    Number(place.at) >= 0 &&
    Number(place.share) >= 0 &&
    Number(place.share) <= 1
  )
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

function write(key: string, value: string): void {
  try {
    localStorage.setItem(key, value)
  } catch {
    // Storage is full or switched off: the place then lasts as long as the page.
  }
}
