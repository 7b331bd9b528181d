/** Which seat cards are to be printed. */
import { SvelteSet } from 'svelte/reactivity'

export type CardFilter = 'all' | 'chosen' | 'not_joined'

export class CardChoice {
  filter = $state<CardFilter>('all')
  readonly chosen = new SvelteSet<number>()

  only(person: number): void {
    this.chosen.clear()
    this.chosen.add(person)
    this.filter = 'chosen'
  }

  toggle(person: number): void {
    if (!this.chosen.delete(person)) this.chosen.add(person)
  }

  takes(person: number, joined: boolean): boolean {
    if (this.filter === 'chosen') return this.chosen.has(person)
    return this.filter === 'all' || !joined
  }
}
