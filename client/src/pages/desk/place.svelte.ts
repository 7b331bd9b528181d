/** Where the clerk is: which case and which room, kept in the address so that reload and the back button work. */

export const ROOMS = ['overview', 'basics', 'roster', 'subjects', 'investigation', 'questionnaires', 'rules', 'agenda', 'cards', 'stations', 'inquiry', 'deliberation', 'hall', 'counting', 'papers', 'issues', 'follow_up', 'ledger', 'publication'] as const
export type Room = (typeof ROOMS)[number]

export interface Place {
  appraisal?: string
  room: Room
}

export function readPlace(search: string): Place {
  const fields = new URLSearchParams(search)
  const appraisal = fields.get('a') ?? undefined
  return { appraisal, room: ROOMS.find((room) => room === fields.get('room')) ?? 'overview' }
}

export function addressOf({ appraisal, room }: Place): string {
  return appraisal ? `/desk?${new URLSearchParams({ a: appraisal, room }).toString()}` : '/desk'
}

export class Whereabouts {
  now = $state.raw<Place>(readPlace(location.search))

  go(place: Place): void {
    history.pushState(null, '', addressOf(place))
    this.now = place
    window.scrollTo(0, 0)
  }

  /** Follows the browser's back and forward buttons until the returned function is called. */
  follow(): () => void {
    const moved = () => {
      this.now = readPlace(location.search)
    }
    window.addEventListener('popstate', moved)
    return () => window.removeEventListener('popstate', moved)
  }
}
