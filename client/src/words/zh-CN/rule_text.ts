/** The evaluation's rules read out in sentences. */
import type {
  Aggregate, Anchor, Base, BlankRule, ChangeRule, Combine, ConsequenceKind, DeadlineItem, DeadlineUnit, Direction, MarkKind, Match, Matter, Measure,
  MultiMarkRule, NoGradeRule, OmitZero, Op, PublishedDetail, PublishedWhen, RevoteReason, RollRule, RosterBase, NamesRule, ScrutinyRule, Secrecy, SurplusRule, TallyDisplay, TieRule,
} from '../../protocol/generated'

const matter = { appraisal: '述职评议', work_appraisal: '工作评议', rectification: '整改情况测评', formal_vote: '议案表决', removal: '撤职案', election: '选举' } satisfies Record<Matter, string>
const mark = { choice: '选择项', abstain: '弃权', dont_know: '不了解' } satisfies Record<MarkKind, string>
const blank = { invalid: '空白票算无效票', abstain: '空白票算弃权', not_counted: '空白票不计入收回票数' } satisfies Record<BlankRule, string>
const multiMark = { invalid: '一项多选的票无效' } satisfies Record<MultiMarkRule, string>
const change = { until_close: '结束测评前可以改票', first_press_counts: '以第一次提交为准，不能改票' } satisfies Record<ChangeRule, string>
const rosterBase = { in_office: '现有组成人员', quota: '名额' } satisfies Record<RosterBase, string>
const base = { roster: '应到人数', present: '实到人数', issued: '发出票数', returned: '收回票数', valid: '有效票数' } satisfies Record<Base, string>
const combine = { pooled: '各组票数合在一起计算', weighted_shares: '各组分别算出比例，再按权重合并' } satisfies Record<Combine, string>
const aggregate = { weighted_mean: '各项按权重平均', sum: '各项得分相加' } satisfies Record<Aggregate, string>
const measure = { votes: '票数', score: '得分' } satisfies Record<Measure, string>
const match = { all: '各条件都成立', any: '任一条件成立' } satisfies Record<Match, string>
const noGrade = { default: '按其余情况的等次', revote: '重新测评', refer_to_council: '提请主任会议研究', not_graded: '只公布票数、比例或得分，不定等次' } satisfies Record<NoGradeRule, string>
const tie = { share_place: '名次并列', second_vote: '就并列者再次测评' } satisfies Record<TieRule, string>
const surplus = { void_and_redo: '收回多于发出，本轮作废，重新测评', recount_first: '收回多于发出，先重新清点' } satisfies Record<SurplusRule, string>
const revote = { returned_over_issued: '收回多于发出', system_failure: '系统故障', quorum_lost: '人数不足法定人数', no_grade: '未形成等次', tie: '并列' } satisfies Record<RevoteReason, string>
const detail = { grade_only: '只公布等次', percentages: '公布百分比', counts: '公布票数', counts_and_percentages: '公布票数和百分比' } satisfies Record<PublishedDetail, string>
const when = { on_the_spot: '当场公布', together: '全部测评结束后一并公布', sealed_until: '封存后公布' } satisfies Record<PublishedWhen, string>
const omitZero = { none: '零票的选项也列出', not_choices: '弃权等为零时不列', all: '零票的选项不列' } satisfies Record<OmitZero, string>
const consequence = { none: '无', rectify: '限期整改', re_report_next_meeting: '下次会议再报告', continue_rectification: '继续整改', talk: '约谈', escalate: '进一步监督' } satisfies Record<ConsequenceKind, string>
const item = {
  draft_report: '述职报告初稿', report_to_committee: '报告送常委会', report_to_members: '报告送组成人员', meeting_notice: '会议通知', opinions_handed_over: '评议意见交办',
  results_to_party: '评议结果报区委', rectification_plan: '整改方案', rectification_report: '整改情况报告', second_report: '再次报告',
} satisfies Record<DeadlineItem, string>
const anchor = {
  meeting_opens: '会议召开', meeting_closed: '会议结束', opinions_approved: '评议意见通过', opinions_issued: '评议意见印发', opinions_received: '收到评议意见',
  plan_accepted: '整改方案认可', report_received: '收到报告', dissatisfied: '测评为不满意',
} satisfies Record<Anchor, string>
const direction = { before: '前', after: '后' } satisfies Record<Direction, string>
const unit = { days: '天', working_days: '个工作日', months: '个月' } satisfies Record<DeadlineUnit, string>
const roll = { none: '不顺延', next_working_day: '遇节假日顺延' } satisfies Record<RollRule, string>
const op = { '>': '超过', '>=': '达到或超过', '<': '不足', '<=': '不超过' } satisfies Record<Op, string>
const secrecy = { secret: '无记名', named: '记名' } satisfies Record<Secrecy, string>
const tally = { live: '大屏实时显示票数', turnout_only: '公布前只显示参评人数' } satisfies Record<TallyDisplay, string>
const names = { kept: '记名的选择只留在案卷里', shown: '公布后上大屏显示谁选了什么' } satisfies Record<NamesRule, string>
const scrutiny = { none: '不设监票人', watch: '监票人监督并在报告单上签字', confirm: '每一步都须监票人共同确认' } satisfies Record<ScrutinyRule, string>

const NUMERALS = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十']
const numeral = (n: number) => NUMERALS[n] ?? String(n)

export const ruleText = {
  matter, mark, base, detail, when, secrecy, op,
  noGrade,
  /** Words of a setting's value, by the setting's own name. */
  values: {
    matter, kind: { ...mark, ...consequence }, valid_kinds: mark, blank, multi_mark: multiMark, change, base: rosterBase, of: base, combine, aggregate, measure, match,
    no_grade: noGrade, ties: tie, surplus, reasons: revote, detail, when, omit_zero: omitZero, item, anchor, direction, unit, roll, op, secrecy, scrutiny, names, tally,
  } as Record<string, Record<string, string>>,
  setting: {
    version: '版本', name: '代号', title: '名称', matter: '事项', source: '来源', known: '办法写明的设定', assumed: '待核对的设定', groups: '谁参加测评', combine: '各组怎样合并',
    roster: '应到人数怎样算', quorum: '法定人数', options: '选项', secrecy: '记名还是无记名', change: '能否改票', blank: '空白票', multi_mark: '多选的票', valid_kinds: '有效票包括哪些',
    dimensions: '分项测评', aggregate: '各项怎样合成', criteria: '测评要点', grades: '等次', rules: '等次怎样定', no_grade: '定不出等次时', default_grade: '其余情况的等次', ranking: '排名',
    surplus: '收回多于发出时', revote: '重新测评', tally: '测评时大屏显示', publication: '结果怎样公布', percent: '百分比怎样算', consequences: '结果运用', deadlines: '时限', wording: '公布用语',
    key: '代号', label: '名称', weight: '权重', counted: '计入等次', shown_from: '单独公布的最少票数', base: '口径', number: '名额数', op: '比较方式', fraction: '比例', of: '以什么为基数',
    kind: '类别', score: '分值', grade: '等次', match: '条件之间', when: '条件', measure: '比较什么', by: '依据', ties: '并列时', reasons: '可以重新测评的情形', rounds_max: '最多轮次',
    names: '记名结果', scrutiny: '监票', detail: '公布内容', until: '何时启封', decimals: '小数位数', trim_zeros: '去掉末尾的 0', omit_zero: '零票的选项', text: '说明', announcement: '公布词', result_words: '结果用词',
  } as Record<string, string>,
  place: (name: string) => `【${name}】`,
  places: {
    body: '机关', meeting: '会议', subject: '对象', roster: '应到', present: '实到', issued: '发出', returned: '收回', valid: '有效', apart: '另计', invalid: '无效',
    not_cast: '未投', options: '各选项票数', groups: '各组结果', score: '得分', grade: '等次', result: '结果用词', label: '名称', votes: '票数', percent: '百分比',
  } as Record<string, string>,
  yes: '是',
  no: '否',
  none: '无',
  nth: (n: number) => `第 ${n} 条`,
  join: (parts: string[]) => parts.join('、'),
  also: (parts: string[]) => parts.join('；'),
  and: (parts: string[]) => parts.join('，并且'),
  or: (parts: string[]) => parts.join('，或者'),
  path: (parts: string[]) => parts.join(' › '),
  fraction: (num: number, den: number) => {
    if (den === 1) return String(num)
    if (num === den) return '全部'
    if (num === 1 && den === 2) return '半数'
    return den === 100 ? `${num}%` : `${numeral(den)}分之${numeral(num)}`
  },
  votes: (labels: string[]) => (labels.length > 1 ? `${labels.join('、')}票合计` : `${labels.join('')}票`),
  score: '平均得分',
  inGroup: (group: string, what: string) => `${group}的${what}`,
  inItem: (item: string, what: string) => `“${item}”一项的${what}`,
  compareVotes: (what: string, how: Op, share: string, of: Base) => (share === '全部' ? `${what}${op[how]}全部${base[of]}` : `${what}${op[how]}${base[of]}的${share}`),
  compareScore: (what: string, how: Op, score: string) => `${what}${op[how]} ${score} 分`,
  gives: (condition: string, grade: string) => `${condition} → ${grade}`,
  otherwise: (grade: string) => `其余情况 → ${grade}`,
  otherwiseNone: (rule: NoGradeRule) => (rule === 'not_graded' ? noGrade.not_graded : `以上都不成立 → 未形成等次，${noGrade[rule]}`),
  group: (label: string, counted: boolean) => `${label}${counted ? '' : '（单独统计，不计入等次）'}`,
  groupWeight: (weight: number) => `权重 ${weight}`,
  groupShownFrom: (papers: number) => `收回不足 ${papers} 张时，不单独公布本组结果`,
  rosterInOffice: '应到人数按现有组成人员计算',
  rosterQuota: (seats: number) => `应到人数按名额 ${seats} 名计算`,
  quorum: (how: Op, share: string) => `实到人数${op[how]}应到人数的${share}，方可测评`,
  option: (label: string, kind: MarkKind, score: number) => `${label}${kind === 'choice' || label === mark[kind] ? '' : `（${mark[kind]}）`}${score > 0 ? `（${score} 分）` : ''}`,
  valid: (kinds: string[]) => `有效票包括：${kinds.join('、')}`,
  item: (label: string, weight: number, weighted: boolean) => (weighted ? `${label}（权重 ${weight}）` : label),
  rankBy: (by: string[]) => `先后依据：${by.join('；其次 ')}`,
  percentOf: (of: Base) => `以${base[of]}为 100%`,
  decimals: (n: number, trim: boolean) => `保留 ${n} 位小数，四舍五入${trim ? '，末尾的 0 不写' : ''}`,
  until: (event: string) => `启封：${event}`,
  revote: (reasons: string[], rounds: number) => `${reasons.join('、')}时可以重新测评，最多 ${rounds} 轮`,
  consequence: (grade: string, kind: ConsequenceKind, text: string) => `${grade}：${text || consequence[kind]}`,
  deadline: (what: DeadlineItem, from: Anchor, way: Direction, amount: number, of: DeadlineUnit, rolling: RollRule) =>
    `${item[what]}：${anchor[from]}${direction[way]} ${amount} ${unit[of]}${rolling === 'none' ? '' : `，${roll[rolling]}`}`,
}
