import type { AnswerRefusal, CastRefusal, Problem } from '../../protocol/generated'
import type { Sentences } from '../sentences'

const castReasons: Record<CastRefusal, string> = {
  login_with_cast: '这次提交带有登录信息，为保密没有收下，请刷新本页后再提交',
  malformed: '这次提交无法识别，请刷新本页后再提交',
  no_such_option: '没有这个选项，请刷新本页后重新选择',
  token: '测评票核对不通过，没有收下，请联系办公室',
  signature: '测评票的签名不符，没有收下，请刷新本页后再提交',
  older: '票箱里已有您更晚的选择，这次没有计入',
  taken: '您的选择已经计入，本次测评以第一次按下的为准，这次没有计入',
  other_content: '票箱里已有您同一序号的选择，这次没有计入',
  not_open: '现在不能提交测评，请等候主持人',
  closed: '测评已截止，这次提交没有计入',
  other_round: '测评已进入新的一轮，请重新选择',
  busy: '票箱正忙，请稍后再提交',
}

const answerReasons: Record<AnswerRefusal, string> = {
  login_with_answer: '这次提交带有登录信息，为匿名没有收下，请刷新本页后再提交',
  malformed: '这次提交无法识别，请刷新本页后再提交',
  not_open: '这份问卷还没有开始',
  closed: '这份问卷已经结束，这次提交没有收下',
  unknown_code: '邀请码不对，请核对纸条上的 12 位邀请码',
  used: '已经答过了，每人只能答一次，这次提交没有收下',
  other_content: '这份回答已经收下，不能再改',
  missing: '还有必答题没有回答',
  too_long: '文字意见过长，请精简',
  hidden: '文字意见含有不可见的特殊字符，请删除后重试',
  full: '这份问卷收到的回答已满，这次提交没有收下',
  busy: '提交的人较多，请稍后再试',
}

/** `refused`, `bad_roster_file` and `bad_document` carry a reason of their own, which says more where a page shows it. */
export const problems: Sentences<Problem> = {
  bad_request: '请求无法识别，请刷新本页后重试',
  too_large: (it) => `内容过大，最多 ${Math.floor(it.bytes_max / 1024)} KB，请精简后重试`,
  not_found: '没有找到所需的内容，请刷新本页后重试',
  sign_in_required: '登录已失效，请重新进入',
  not_allowed: '您没有进行这项操作的权限',
  unknown_card: '席卡代码无效，请核对后重新输入，或请工作人员重新发放',
  hall_code_expired: '会场二维码已过期，请重新扫描大屏上的二维码',
  unknown_name: '名册中没有这个姓名，请填写全名，或请工作人员协助',
  wrong_pin: (it) => (it.tries_left > 0 ? `口令不正确，还可尝试 ${it.tries_left} 次` : '口令不正确，请稍后再试或请工作人员协助'),
  no_pin: '名册中没有您的口令，请使用席卡进入',
  on_another_device: (it) => `${it.name}已在另一台设备上进入会议`,
  wait: (it) => `尝试次数过多，请 ${it.retry_after_s} 秒后再试，或请工作人员协助`,
  wrong_password: '账号或密码不正确',
  password_too_short: (it) => `密码至少需要 ${it.chars_min} 位`,
  last_account: '这是最后一个账号，不能移除',
  export_during_ballot: '有测评正在进行或尚未公布，公布或作废后再导出',
  setup_done: '系统已经完成初始设置，请直接登录',
  bad_roster_file: '名册文件无法使用',
  bad_document: '材料文件无法使用',
  faulty_rows: (it) => `名册有 ${it.faults} 处错误，未导入`,
  bad_template: '模板有误，没有保存',
  bad_calendar: '节假日文件有误，没有导入',
  bad_address: '手机无法打开这个地址，请核对',
  cast_refused: (it) => castReasons[it.reason] ?? '这次提交没有收下',
  answer_refused: (it) => `${answerReasons[it.reason] ?? '这次提交没有收下'}${it.question === undefined ? '' : `（第 ${it.question + 1} 题）`}`,
  refused: '操作未被接受',
  too_many_requests: (it) => `操作过于频繁，请 ${it.retry_after_s} 秒后再试`,
  fault: '服务器暂时无法处理，请稍后重试',
}
