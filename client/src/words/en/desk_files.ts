import type { deskFiles as Source } from '../zh-CN/desk_files'

const column: typeof Source.column = { name: 'name', kind: 'kind', title: 'title', group: 'group', seat: 'seat', pin: 'PIN', phone: 'telephone' }
const limit = { file_bytes: 'The file is larger than 5 MB', inflated_bytes: 'There is more in the file than a roster can hold' }

export const deskFiles: typeof Source = {
  column,
  roster: {
    not_a_spreadsheet: 'This is no table. Use a roster in .xlsx or .csv.',
    encrypted: 'The file is locked with a password. Save it without one and import again.',
    xls_unsupported: 'This is the old .xls format. Save it as .xlsx and import again.',
    damaged: 'The file is damaged. Open it, save a fresh copy and import that.',
    no_header: (it) => `No column “${column[it.missing]}” was found.${it.found.length > 0 ? ` The header reads: ${it.found.join(', ')}.` : ''} Compare it with the template.`,
    header_repeats_column: (it) => `“${column[it.column]}” stands twice in the header (line ${it.line}); keep one.`,
    empty: 'There is nobody in the file.',
    too_large: (it) => `${limit[it.limit]}; is it the right file?`,
    unreadable_encoding: 'The encoding of the text is unknown. Save it as .xlsx and import again.',
  },
  fault: {
    missing_name: () => 'No name in this line',
    name_too_long: () => 'The name is too long (30 characters at most)',
    unknown_kind: (it) => (it.value ? 'The kind must be “组成人员” (member) or “列席人员” (attendee)' : 'The kind is empty; it must say member or attendee, it is never guessed'),
    duplicate_name: (it) => `The same name as in line ${it.earlier_line ?? '?'}. If they are two people, add a mark: 张三（大）, 张三（小）`,
    duplicate_seat: (it) => `The same seat as in line ${it.earlier_line ?? '?'}`,
    bad_pin: () => 'A PIN has 4 to 8 digits, a mobile number 11',
    control_characters: () => 'Contains invisible control characters; delete and type again',
    unreadable_character: () => 'A character was lost in an earlier conversion (�); type it again',
    text_too_long: () => 'The text is too long',
    cell_is_date: () => 'The spreadsheet made a date of it (seat 3-12 became 12 March); format the cell as text and type again',
    cell_is_error: () => 'The cell is a failed formula (#N/A); type the text instead',
    too_many_rows: () => 'More than 5,000 people; the rest cannot be imported',
  },
  note: {
    column_ignored: (value) => `Column “${value}” was not read`,
    sheet_ignored: (value) => `Sheet “${value}” has a header too; only the first was read`,
    row_ignored: (value) => `Text outside the table, not read: ${value}`,
    header_repeated: () => 'A repeated header, skipped',
    pin_missing: () => 'No PIN: joins by seat card only',
    pin_padded: () => 'Leading zeros of the PIN were put back',
    phone_shortened: () => 'Only the last four digits were taken as PIN; the number was not kept',
    name_tidied: (value) => `Blanks or marks in the name were made uniform: ${value}`,
    private_use_character: (value) => `“${value}” has a character that other computers and phones may not show; use a standard one`,
    merged_cell_filled: (value, column) => `A merged cell was filled into each line’s ${column}: ${value}`,
  },
  upload: {
    too_large: 'The file is larger than 20 MB. Compress its pictures and upload again.',
    empty: 'The file is empty.',
    unknown_kind: 'Only docx, pdf, md and txt files are taken.',
    legacy_doc: 'This is the old .doc format. Save it as .docx and upload again.',
    encrypted: 'The file is locked with a password. Remove it, or members cannot read the report.',
    zip_bomb: 'The file would inflate beyond all bounds and was refused.',
    damaged: 'The file is damaged. Export it again and upload that.',
  },
}
