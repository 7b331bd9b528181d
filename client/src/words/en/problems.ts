import type { Problem } from '../../protocol/generated'
import type { Sentences } from '../sentences'

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
  setup_done: 'The system is set up already; sign in',
  bad_roster_file: 'The roster file cannot be used',
  bad_document: 'The document cannot be used',
  faulty_rows: (it) => `${it.faults} faults in the roster; nothing was imported`,
  bad_address: 'Phones cannot open this address; check it',
  refused: 'This was not accepted',
  too_many_requests: (it) => `Too fast; wait ${it.retry_after_s} seconds`,
  fault: 'The server cannot do this now; try again later',
}
