import type { Base, Matter, NoGradeRule, Op } from '../../protocol/generated'
import { domain } from './domain'

const bases = { roster: '应到', present: '实到', issued: '发出', returned: '收回', valid: '有效票' } satisfies Record<Base, string>
const ops = { '>': '超过', '>=': '达到', '<': '低于', '<=': '不高于' } satisfies Record<Op, string>
const noGrade = { default: '按其余情况定等次', revote: '按测评办法应当重新测评', refer_to_council: '提请主任会议研究', not_graded: '不定等次' } satisfies Record<NoGradeRule, string>

const matters = { appraisal: '述职测评', work_appraisal: '工作评议测评', rectification: '整改情况测评', formal_vote: '表决', removal: '撤职案表决', election: '选举投票' } satisfies Record<Matter, string>

/** The tally sheet as it is signed and filed. Its wording is the usual one of committees' offices. */
export const tally = {
  name: '计票结果报告单',
  /** The first line names body and sitting. */
  about: (unit: string, post: string, officer: string, matter: Matter) => `对${unit}${post}${officer ? `${officer}同志` : ''}${matters[matter]}`,
  round: (n: number) => `（第 ${n} 轮）`,
  roll: (due: number, present: number) => `应到 ${due} 人，实到 ${present} 人`,
  quorum: '，符合法定人数',
  recused: (n: number) => `，回避 ${n} 人`,
  papers: (issued: number, returned: number, valid: number, invalid: number) =>
    `发出测评票 ${issued} 张，收回 ${returned} 张，其中有效票 ${valid} 张，无效票 ${invalid} 张。`,
  hands: (issued: number, returned: number) => `本轮以举手方式表决。应参加表决 ${issued} 人，举手 ${returned} 人。`,
  onPaper: (issued: number, returned: number, blank: number, invalid: number) =>
    `其中纸质票发出 ${issued} 张，收回 ${returned} 张（空白 ${blank} 张，无效 ${invalid} 张），经两人分别清点一致。`,
  option: '选项',
  votes: '票数',
  share: '占收回票',
  grade: (grade: string) => `测评等次：${grade}`,
  noGrade: '未定等次',
  place: (n: number, tied: boolean) => `名次：第 ${n} 名${tied ? '（并列）' : ''}`,
  secondVote: '名次相同，按测评办法再次测评',
  why: '等次依据：',
  reason: {
    votes: (labels: readonly string[]) => `${labels.join('、')}票${labels.length > 1 ? '合计' : ''}`,
    score: '平均得分',
    inItem: (item: string, what: string) => `“${item}”${what}`,
    inGroup: (group: string, what: string) => `${group}的${what}`,
    share: (right: string, of: Base, base: string, share: string) => `${right}（${bases[of]} ${base}${share ? ` 的 ${share}` : ''}）`,
    compared: (what: string, left: string, op: Op, right: string, held: boolean) => `${what} ${left}，${held ? '' : '未'}${ops[op]} ${right}`,
    hidden: (what: string, held: boolean) => `${what}（人数少，不列数字）${held ? '符合' : '不符合'}`,
    step: (grade: string, tried: readonly string[], any: boolean) => `${grade}：${tried.join('；')}${any ? '（有一项符合即可）' : ''}。`,
    otherwise: (grade: string) => `以上都不符合，按其余情况定为“${grade}”。`,
    none: (rule: NoGradeRule) => `以上都不符合，${noGrade[rule]}。`,
  },
  voided: (round: number, reason: string, issued: number, returned: number) => `第 ${round} 轮作废（${reason}）：发出 ${issued} 张，收回 ${returned} 张，不计入结果。`,
  stop: '。',
  incidents: '情况记录：',
  incident: (time: string, by: string, text: string) => `${time}　${by}：${text}`,
  codes: (code: string, box: string) => `投票校验码 ${code}　票箱校验码 ${box}`,
  secrecy: { named: '记名测评', secret: '无记名测评' },
  appointed: (names: readonly string[]) => `监票人：${names.join('、')}`,
  signChief: '总监票人（签字）：',
  sign: '监票人（签字）：',
  signTeller: '计票人（签字）：',
  signedAt: '　　　年　　月　　日　　时　　分',
  announcedAt: (time: string) => `结果于 ${time} 公布。`,
  before: '本单在公布前打印，供监票人核对签字；以公布的记录为准。',
  print: '打印报告单',
  none: '封存、公布后在此打印计票结果报告单。',
  whyVoid: domain.whyVoid,
  unbalanced: '票数核对不一致，不能作为结果签字。',
  failing: (what: string) => `票数核对不一致：${what}。本轮没有结果，不能公布。`,
  accounts: (issued: number, returned: number) => `发出测评票 ${issued} 张，收回 ${returned} 张。`,
}
