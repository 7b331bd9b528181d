import type { survey as Source } from '../zh-CN/survey'

export const survey: typeof Source = {
  title: 'Questionnaire',
  noLink: 'Scan the questionnaire’s QR code, or open its complete link',
  unreachable: 'The server cannot be reached; check the network and try again',
  ended: {
    none: 'No such questionnaire; check the code or the link',
    not_open: 'This questionnaire has not begun; please come back later',
    closed: 'This questionnaire has ended; thank you for your interest',
    done_before: 'This phone has answered already; thank you for taking part',
  },
  about: (subjects) => `About: ${subjects.join(', ')}`,
  promise: {
    title: 'What is anonymous and what is not',
    open: [
      'No name is asked and no sign-in needed. Your answer is not kept together with a name, telephone number, network address or time; nobody can find out later which one is yours.',
      'Do not say in your own words who you are: that could be recognised.',
      'So that few answer twice, a random mark stays on this phone. It says only that it has answered, and does not stop someone who means to answer twice.',
      'Your answer travels over the local network, whose operator can see that a phone is connected.',
    ],
    code: [
      'No name is asked and no sign-in needed. Your answer is not kept together with the invitation code, a name, network address or time; nobody can find out later which one is yours.',
      'Do not say in your own words who you are: that could be recognised.',
      'Each code answers once. The system remembers which codes were used, not what was answered. Whoever noted down who was given which slip can tell who has answered, but not what.',
      'Your answer travels over the local network, whose operator can see that a phone is connected.',
    ],
  },
  code: 'Invitation code',
  codeHint: 'The 12 characters on the slip; capitals and dashes do not matter',
  next: 'Begin',
  required: 'Required',
  optional: 'Optional',
  atMost: (most, choices) => (most >= choices ? 'Choose any number' : `Choose at most ${most}`),
  length: (length, max) => `${length} of at most ${max} characters`,
  missing: (number) => `Question ${number} is not answered yet`,
  tooLong: (number) => `Question ${number}: the answer is too long`,
  unsure: 'No reply came from the server. Press “Send” again; it will not count twice.',
  send: 'Send',
  once: 'What is sent cannot be changed.',
  done: 'Received, thank you',
  doneMore: 'Your answer is kept without your name. You may close this page.',
}
