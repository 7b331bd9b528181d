/** The screens that the console's buttons bring up. */
import type { Screen } from '../../protocol/generated'
import type { Hall } from './hall.svelte'

export type ScreenName = 'title' | 'check_in' | 'item' | 'ballot' | 'welcome'

export const SCREENS: readonly ScreenName[] = ['title', 'check_in', 'item', 'ballot', 'welcome']

/** Nothing where there is no such thing to show now. */
export function screenOf(name: ScreenName, hall: Hall): Screen | undefined {
  switch (name) {
    case 'title':
    case 'check_in':
    case 'welcome':
      return { type: name }
    case 'item': {
      const item = hall.sitting?.current
      return item === undefined ? undefined : { type: 'item', item }
    }
    case 'ballot': {
      const ballot = hall.ballotNow?.id
      return ballot === undefined ? undefined : { type: 'ballot', ballot }
    }
  }
}
