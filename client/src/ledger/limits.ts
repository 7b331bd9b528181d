/** The server's bounds that forms show beforehand; the server decides. */
export const LEDGER_CHARS_MAX = 1_000
export const LABEL_CHARS_MAX = 120
export const NOTE_CHARS_MAX = 300
export const FILING_CHARS_MAX = 4_000
export const EVIDENCE_PER_LINE_MAX = 20
export const DOCUMENT_BYTES_MAX = 20 * 1024 * 1024
/** What evidence may be, as for the `accept` of a file input. */
export const EVIDENCE_ACCEPT = '.docx,.pdf,.md,.txt,image/jpeg,image/png'
