/** Asking before something that matters. The page mounts one `ConfirmDialog`; anything on it may `confirm`. */

export interface Question {
  title: string
  body?: string
  /** Words of the button that does it, best a verb: "结束测评" rather than "确定". */
  yes?: string
  no?: string
  /** ordinary: can be undone or is expected; danger: cannot be taken back. */
  weight?: 'ordinary' | 'danger'
}

interface Asked {
  question: Question
  answer: (yes: boolean) => void
}

let asked = $state.raw<Asked>()

export function confirm(question: Question): Promise<boolean> {
  // A second question takes the first one's place, which thereby is answered with no.
  answer(false)
  return new Promise((resolve) => {
    asked = { question, answer: resolve }
  })
}

export function question(): Question | undefined {
  return asked?.question
}

export function answer(yes: boolean): void {
  const open = asked
  asked = undefined
  open?.answer(yes)
}
