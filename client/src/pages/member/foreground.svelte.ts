/**
 * Which ballot stands in front of everything else. A ballot comes forward when it is presented, opened, announced or
 * voided; its reader may step back, and is called again at the next of these.
 */
import type { BallotId, BallotView } from '../../protocol/generated'
import type { Room } from './room.svelte'

type Call = 'soon' | 'vote' | 'result' | 'void'

export class Foreground {
  #followed = $state<BallotId>()
  #left = $state('')

  constructor(private readonly room: Room) {}

  /** The ballot in front, if one is. */
  get ballot(): BallotView | undefined {
    const ballot = this.room.ballot(this.#followed)
    if (!ballot) return undefined
    const sheet = this.room.sheet(ballot)
    const quiet = sheet.every(({ state, voided }) => state === 'prepared' && voided.length === 0)
    return !quiet && callKey(sheet) !== this.#left ? ballot : undefined
  }

  /** The ballot that is being held while its reader has stepped back. */
  get behind(): BallotView | undefined {
    const running = this.room.ballot(this.room.live.view('sitting')?.running_ballot)
    const front = this.ballot
    return running && running.id !== front?.id && !front?.sheet?.includes(running.id) ? running : undefined
  }

  /** To be run whenever the views change. */
  follow(): void {
    const running = this.room.live.view('sitting')?.running_ballot ?? this.#onScreen()
    if (running !== undefined) this.#followed = running
  }

  open(ballot: BallotId): void {
    this.#followed = ballot
    this.#left = ''
  }

  leave(): void {
    const ballot = this.ballot
    if (ballot) this.#left = callKey(this.room.sheet(ballot))
  }

  /** For a phone that comes after the close: the hall's screen still shows the ballot that waits for its announcement. */
  #onScreen(): BallotId | undefined {
    const screen = this.room.live.view('screen')
    if (screen?.type !== 'ballot') return undefined
    const ballot = this.room.ballot(screen.ballot)
    const waits = ({ state, voided }: BallotView) => state === 'sealed' || (state === 'prepared' && voided.length > 0)
    return ballot && this.room.sheet(ballot).some(waits) ? ballot.id : undefined
  }
}

/** A sheet calls when any of its ballots does. */
function callKey(sheet: readonly BallotView[]): string {
  return sheet.map((ballot) => `${ballot.id}/${ballot.round}/${callOf(ballot)}`).join()
}

function callOf({ state }: BallotView): Call {
  switch (state) {
    case 'prepared':
      return 'void'
    case 'presented':
      return 'soon'
    case 'open':
    case 'paused':
    case 'closing':
    case 'sealed':
      return 'vote'
    case 'announced':
      return 'result'
  }
}
