/** A round held again: the dialog that voids it, what the rule has come next, and places. */
export const chairRounds = {
  void: {
    title: (unit: string, round: number) => `作废“${unit}”第 ${round} 轮测评？`,
    which: '作废哪一项',
    choose: '请选择',
    whole: (n: number) => `整张测评表（${n} 项）`,
    titleWhich: '作废哪一项测评？',
    titleSheet: (n: number) => `作废整张测评表（${n} 项）？`,
    bodySheet: '各项本轮已提交的票都不计入结果，保留轮次和原因备查。作废后整张表重新出示、重新测评。',
    body: (returned: number) => `本轮已提交的 ${returned} 票不计入结果，保留轮次和原因备查。作废后重新出示、重新测评。`,
    announced: '注意：本轮结果已经公布，作废将记入会议记录。',
    cause: '作废原因',
    note: '说明',
    noteOptional: '说明（可不填）',
    hint: '记入会议记录，大屏不显示',
    yes: '作废本轮',
    missingCause: '请选择作废原因',
    missing: '程序有误的，请说明是什么错误',
    noCause: '本轮已经计票，测评办法没有允许重新测评的情形。请据实公布，或者提请主任会议研究。',
    last: '这已是测评办法允许的最后一轮，不能再作废重测。请结束本轮并据实公布；不能公布的，提请主任会议研究决定。',
    left: (n: number) => `测评办法还允许再测 ${n} 轮。`,
  },
  /** What the rule has come next after a result. */
  comesNext: {
    revote: (unit: string) => `${unit}：按测评办法应当重新测评`,
    refer_to_council: (unit: string) => `${unit}：提请主任会议研究决定`,
  },
  failing: (unit: string, what: string) => `${unit ? `${unit}：` : ''}${what}，不能公布`,
  place: (n: number, tied: boolean) => `第 ${n} 名${tied ? '（并列）' : ''}`,
  secondVote: '并列，须再次测评',
}
