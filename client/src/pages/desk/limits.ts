/** The server's bounds that forms show beforehand; the server decides. */
export const PASSWORD_CHARS_MIN = 8
export const NAME_CHARS_MAX = 40
export const LABEL_CHARS_MAX = 120
export const QUESTION_CHARS_MAX = 500
export const NOTE_CHARS_MAX = 300
export const BALLOT_LIMIT_S_MIN = 15
export const BALLOT_LIMIT_S_MAX = 3_600
export const WRITTEN_ANSWER_DAYS_MAX = 365
export const DOCUMENTS_PER_SUBJECT_MAX = 10
export const DOCUMENT_BYTES_MAX = 20 * 1024 * 1024
export const TEMPLATE_CHARS_MAX = 8_000
export const TERM_AMOUNT_MAX = { days: 1_000, working_days: 1_000, months: 36 } as const
export const PROFILE_FILE_BYTES_MAX = 64 * 1024
export const PAPERS_MAX = 100_000
export const PLAN_TEXT_CHARS_MAX = 3_000
export const LOT_CALLED_CHARS_MAX = 40
