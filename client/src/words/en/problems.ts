import type { CastRefusal, Problem } from '../../protocol/generated'
import type { Sentences } from '../sentences'

const castReasons: Record<CastRefusal, string> = {
  login_with_cast: 'This vote carried a sign-in and was not taken, to keep it secret; reload this page and submit again',
  malformed: 'This vote was not understood; reload this page and submit again',
  no_such_option: 'No such option; reload this page and choose again',
  token: 'Your ballot paper did not pass the check and was not taken; ask the office',
  signature: 'The signature did not fit and the vote was not taken; reload this page and submit again',
  older: 'The box holds a later choice of yours; this one does not count',
  other_content: 'The box holds another choice of yours under this number; this one does not count',
  not_open: 'Votes cannot be sent now; wait for the chair',
  closed: 'Voting has ended; the vote was not recorded',
  other_round: 'The ballot is in a new round; choose again',
  busy: 'The box is busy; submit again in a moment',
}

export const problems: Sentences<Problem> = {
  bad_request: 'The request was not understood; reload this page and try again',
  too_large: (it) => `Too large: at most ${Math.floor(it.bytes_max / 1024)} KB`,
  not_found: 'Not found; reload this page and try again',
  sign_in_required: 'You are signed out; enter again',
  not_allowed: 'You may not do this',
  unknown_card: 'This card code is not valid; check it and enter it again, or ask the staff for a new card',
  hall_code_expired: 'The hall code has changed; scan the screen again',
  unknown_name: 'This name is not on the roster; enter the full name or ask the staff',
  wrong_pin: (it) => (it.tries_left > 0 ? `Wrong PIN, ${it.tries_left} tries left` : 'Wrong PIN; try later or ask the staff'),
  no_pin: 'There is no PIN for you on the roster; use your seat card',
  on_another_device: (it) => `${it.name} is in the sitting on another device`,
  wait: (it) => `Too many tries; wait ${it.retry_after_s} seconds or ask the staff`,
  wrong_password: 'Wrong account or password',
  password_too_short: (it) => `The password needs at least ${it.chars_min} characters`,
  last_account: 'This is the last account; it must stay',
  export_during_ballot: 'A ballot is held or not announced yet; export once it is announced or voided',
  setup_done: 'The system is set up already; sign in',
  bad_roster_file: 'The roster file cannot be used',
  bad_document: 'The document cannot be used',
  faulty_rows: (it) => `${it.faults} faults in the roster; nothing was imported`,
  bad_address: 'Phones cannot open this address; check it',
  cast_refused: (it) => castReasons[it.reason] ?? 'This vote was not taken',
  refused: 'This was not accepted',
  too_many_requests: (it) => `Too fast; wait ${it.retry_after_s} seconds`,
  fault: 'The server cannot do this now; try again later',
}
