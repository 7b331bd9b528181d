/** The codes that need a sentence in every language. */
export type RefusalCode = 'screen_outdated' | 'ballot_not_open' | 'ballot_closed' | 'not_permitted' | 'text_too_long'
