/** Dates, times and numbers in the language of the page. Instants are milliseconds since 1970. */
import { lang } from './words.svelte'

const made = new Map<string, Intl.DateTimeFormat>()

function format(instant_ms: number, options: Intl.DateTimeFormatOptions, timeZone?: string): string {
  const key = `${lang()} ${timeZone ?? ''} ${Object.keys(options).join()}`
  let formatter = made.get(key)
  if (!formatter) {
    formatter = new Intl.DateTimeFormat(lang() === 'en' ? 'en-GB' : 'zh-CN', { ...options, timeZone })
    made.set(key, formatter)
  }
  return formatter.format(instant_ms)
}

const TIME = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
const SECONDS = { ...TIME, second: '2-digit' } as const
const DATE = { year: 'numeric', month: 'long', day: 'numeric' } as const
const WEEKDAY = { ...DATE, weekday: 'long' } as const
const MOMENT = { ...DATE, ...TIME } as const

/** 10:42 */
export const timeOfDay = (instant_ms: number, timeZone?: string): string => format(instant_ms, TIME, timeZone)
/** 10:42:07 */
export const timeWithSeconds = (instant_ms: number, timeZone?: string): string => format(instant_ms, SECONDS, timeZone)
/** 2026年11月24日 */
export const date = (instant_ms: number, timeZone?: string): string => format(instant_ms, DATE, timeZone)
/** 2026年11月24日星期二 */
export const dateWithWeekday = (instant_ms: number, timeZone?: string): string => format(instant_ms, WEEKDAY, timeZone)
/** 2026年11月24日 10:42 */
export const dateAndTime = (instant_ms: number, timeZone?: string): string => format(instant_ms, MOMENT, timeZone)

/** A date that has no time of day and no zone, as `2026-11-24` comes from the server. */
export function plainDate(iso: string): string {
  return format(Date.parse(`${iso}T00:00:00Z`), DATE, 'UTC')
}

/** 12,345 */
export function count(value: number): string {
  return new Intl.NumberFormat(lang()).format(value)
}

/** Share of a base with one decimal; an empty base has no share. */
export function percent(part: number, base: number): string {
  if (base <= 0) return '—'
  return new Intl.NumberFormat(lang(), { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(part / base)
}

/** Time left as 1:05 or 1:02:03. A begun second counts whole, so that 0:00 shows only when time is up. */
export function timeLeft(left_ms: number): string {
  const total = Math.max(0, Math.ceil(left_ms / 1000))
  const two = (value: number) => String(value).padStart(2, '0')
  const hours = Math.floor(total / 3600)
  const minutes = Math.floor(total / 60) % 60
  return hours > 0 ? `${hours}:${two(minutes)}:${two(total % 60)}` : `${minutes}:${two(total % 60)}`
}
