/** Finding people on the roster. */
import type { PersonView } from '../../../protocol/generated'

export type PeopleFilter = 'everyone' | 'members' | 'attendees' | 'not_joined' | 'absent'

/** All words of the search must be found somewhere in the person's entry. */
export function matches(person: PersonView, search: string, filter: PeopleFilter): boolean {
  if (!passes(person, filter)) return false
  const entry = [person.name, person.title, person.group, person.seat].join('\n').toLowerCase()
  return search.toLowerCase().split(/\s+/).every((word) => entry.includes(word))
}

function passes(person: PersonView, filter: PeopleFilter): boolean {
  switch (filter) {
    case 'everyone':
      return true
    case 'members':
      return person.kind === 'member'
    case 'attendees':
      return person.kind === 'attendee'
    case 'not_joined':
      return !person.joined
    case 'absent':
      return person.attendance !== 'present'
  }
}
