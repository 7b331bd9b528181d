/** What may be wrong with a file: rosters and duty reports. */
import type { RosterColumn, RosterFileError, RosterLimit, RowFault, RowFaultCode, RowNoteCode, UploadError } from '../../protocol/generated'
import type { Sentences } from '../sentences'

const column: Record<RosterColumn, string> = { name: '姓名', kind: '类别', title: '职务', group: '组别', seat: '座位号', pin: '口令', phone: '手机号' }
const limit: Record<RosterLimit, string> = { file_bytes: '文件超过 5 MB', inflated_bytes: '表格内容过多，超出名册的合理范围' }

const roster: Sentences<RosterFileError> = {
  not_a_spreadsheet: '这不是表格文件。请用 .xlsx 或 .csv 格式的名册。',
  encrypted: '文件设有打开密码。请在表格软件中去掉密码后另存，再导入。',
  xls_unsupported: '这是旧格式（.xls）。请在表格软件中“另存为”.xlsx 后再导入。',
  damaged: '文件已损坏，无法读取。请重新打开并另存一份，再导入。',
  no_header: (it) => `没有找到“${column[it.missing]}”一列。${it.found.length > 0 ? `表头读到的是：${it.found.join('、')}。` : ''}请对照模板核对表头。`,
  header_repeats_column: (it) => `表头（第 ${it.line} 行）里“${column[it.column]}”出现了两次，请保留一列。`,
  empty: '文件里没有人员。',
  too_large: (it) => `${limit[it.limit]}，请检查是否选错文件。`,
  unreadable_encoding: '文字编码无法识别。请在表格软件中另存为 .xlsx，再导入。',
}

const fault: Record<RowFaultCode, (fault: RowFault) => string> = {
  missing_name: () => '这一行没有姓名',
  name_too_long: () => '姓名过长（最多 30 字）',
  unknown_kind: (it) => (it.value ? '类别只能填“组成人员”或“列席人员”' : '类别没有填，须写明“组成人员”或“列席人员”，系统不代为判断'),
  duplicate_name: (it) => `与第 ${it.earlier_line ?? '?'} 行重名。如确为两人，请加以区分，例如：张三（大）、张三（小）`,
  duplicate_seat: (it) => `座位号与第 ${it.earlier_line ?? '?'} 行重复`,
  bad_pin: () => '口令应为 4 至 8 位数字，手机号应为 11 位',
  control_characters: () => '含有看不见的控制字符，请删除后重新输入',
  unreadable_character: () => '有文字在转存时丢失（显示为�），请重新输入',
  text_too_long: () => '文字过长',
  cell_is_date: () => '被表格软件当成了日期（例如座位“3-12”变成“3月12日”），请把单元格改成文本格式后重新输入',
  cell_is_error: () => '单元格是出错的公式（如 #N/A），请改成文字',
  too_many_rows: () => '人数超过 5000，超出部分不能导入',
}

const note: Record<RowNoteCode, (value: string, column: string) => string> = {
  column_ignored: (value) => `“${value}”一列与名册无关，未读取`,
  sheet_ignored: (value) => `另一张工作表“${value}”也有表头，只读取了第一张`,
  row_ignored: (value) => `表格以外的文字，未读取：${value}`,
  header_repeated: () => '重复的表头，已跳过',
  pin_missing: () => '没有口令，此人只能凭席卡入会',
  pin_padded: () => '口令前面丢失的 0 已补上',
  phone_shortened: () => '只取了手机号后四位作口令，号码未保存',
  name_tidied: (value) => `姓名中的空格或符号已统一，现为：${value}`,
  private_use_character: (value) => `“${value}”中有造字，在其他电脑和手机上可能显示不出，建议换用标准字`,
  merged_cell_filled: (value, column) => `合并单元格已按行填入${column}：${value}`,
}

const upload: Sentences<UploadError> = {
  too_large: '文件超过 20 MB。请压缩其中的图片后再上传。',
  empty: '文件是空的。',
  unknown_kind: '只接受 docx、pdf、md、txt 文件。',
  legacy_doc: '这是旧格式（.doc）。请在 WPS 或 Word 中“另存为”.docx 后再上传。',
  encrypted: '文件设有密码。请去掉密码后再上传，否则委员无法阅读。',
  zip_bomb: '文件解压后过大，已拒绝。',
  damaged: '文件已损坏，无法读取。请重新导出后再上传。',
}

export const deskFiles = { column, roster, fault, note, upload }
