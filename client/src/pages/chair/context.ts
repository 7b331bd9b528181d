/** What every part of the console works with. */
import { getContext, setContext } from 'svelte'
import type { Conduct } from './conduct.svelte'
import type { Hall } from './hall.svelte'
import type { Ticker } from './ticker.svelte'

export interface Parts {
  hall: Hall
  conduct: Conduct
  ticker: Ticker
}

const KEY = Symbol('console')

export const provide = (parts: Parts): Parts => setContext(KEY, parts)
export const use = (): Parts => getContext<Parts>(KEY)
