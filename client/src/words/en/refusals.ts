import type { RefusalCode } from '../refusal_codes'

export const refusals: Record<RefusalCode, string> = {
  screen_outdated: 'Things have changed since this screen was drawn; check and try again',
  ballot_not_open: 'The ballot is not open yet',
  ballot_closed: 'The ballot is closed',
  not_permitted: 'You may not do this',
  text_too_long: 'The text is too long',
}
