import type { chairRounds as Source } from '../zh-CN/chair_rounds'

export const chairRounds: typeof Source = {
  void: {
    title: (unit, round) => `Void round ${round} on “${unit}”?`,
    which: 'Which ballot',
    choose: 'Choose',
    whole: (n) => `The whole sheet (${n})`,
    titleWhich: 'Void which ballot?',
    titleSheet: (n) => `Void the whole sheet (${n})?`,
    bodySheet: 'No vote of these rounds will count; the rounds are kept with the reason. Then the whole sheet is presented and voted on again.',
    body: (returned) => `The ${returned} votes of this round will not count; the round is kept with the reason. Then it is presented and voted on again.`,
    announced: 'Mind: the result of this round was announced; the minutes will say so.',
    cause: 'Cause',
    note: 'Note',
    noteOptional: 'Note (may be empty)',
    hint: 'Goes into the minutes, not on the screen',
    yes: 'Void the round',
    missingCause: 'Choose a cause',
    missing: 'Say what the mistake was',
    noCause: 'The round is counted, and the rule allows no further one. Announce it as it is, or refer it to the council.',
    last: 'This is the last round that the rule allows. Close it and announce it as it is; what cannot be announced goes to the council.',
    left: (n) => `The rule allows ${n} more.`,
  },
  comesNext: {
    revote: (unit) => `${unit}: the rule has another round`,
    refer_to_council: (unit) => `${unit}: to be referred to the council`,
  },
  failing: (unit, what) => `${unit ? `${unit}: ` : ''}${what}; it cannot be announced`,
  place: (n, tied) => `Place ${n}${tied ? ' (shared)' : ''}`,
  secondVote: 'Shared place: to be voted on again',
}
