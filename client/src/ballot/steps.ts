/** Steps of a ballot that scrutineers confirm. */
import type { BallotState, ConfirmedView, Step } from '../protocol/generated'

/** The step that comes next in this state, if scrutineers have a say in it. */
export function stepAhead(state: BallotState): Step | undefined {
  switch (state) {
    case 'presented':
      return 'open'
    case 'open':
    case 'paused':
      return 'close'
    case 'sealed':
      return 'unseal'
    case 'prepared':
    case 'closing':
    case 'announced':
      return undefined
  }
}

export const confirmers = (confirmed: readonly ConfirmedView[] | undefined, step: Step): readonly string[] => confirmed?.find((one) => one.step === step)?.by ?? []
