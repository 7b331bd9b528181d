/** The issue list and the opinions on the desk. */
import type { Source } from '../../protocol/generated'

const placed = (what: string, place: string) => (place ? `${what}（${place}）` : what)

function source(of: Source, subject: string): string {
  switch (of.from) {
    case 'duty_report':
      return placed(`${subject}述职报告`, of.place)
    case 'investigation_report':
      return placed('调查报告', of.place)
    case 'question':
      return `询问第 ${of.question} 件`
    case 'remark':
      return `审议发言第 ${of.remark} 条`
    case 'other':
      return of.text
  }
}

export const deskIssues = {
  lead: '把述职报告、调查报告、询问和审议中反映的问题，分单位、分类别梳理成问题清单，据此起草评议意见，报主任会议审议。',
  noSubjects: '录入评议对象后，在这里梳理问题。',
  choose: '评议对象',
  source,
  comma: '、',
  candidates: '可采纳的问题',
  candidatesLead: '来自已答复或转书面答复的询问、本人确认的审议发言，以及述职报告和调查报告。点“采纳”即列入右侧清单，来源自动注明。',
  into: '采纳到类别',
  noCandidates: '没有待采纳的内容',
  take: '采纳',
  takeEdited: '改写后采纳',
  document: '述职报告',
  investigation: '调查报告',
  fromInvestigation: '从调查报告摘录',
  fromReport: '从述职报告摘录',
  add: '自行添加问题',
  list: '问题清单',
  listOf: (issues: number) => `问题清单（${issues} 条）`,
  none: '还没有问题。',
  frozen: '评议意见已经主任会议审议通过，问题不能再改。',
  from: '来源：',
  change: '修改',
  changeTitle: '修改问题',
  merge: '合并',
  mergeTitle: '合并到另一条问题',
  mergeInto: '合并到',
  mergeHint: '两条的来源都会保留，以后可以恢复。',
  mergeDo: '合并',
  drop: '不予采纳',
  dropTitle: '不予采纳这条问题',
  reason: '原因',
  reasonHint: '例如：会前已办结',
  aside: (issues: number) => `已合并、不予采纳的 ${issues} 条`,
  dropped: (reason: string) => `不予采纳：${reason}`,
  merged: (into: string) => `已合并到：${into}`,
  restore: '恢复',
  text: '问题',
  category: '类别',
  sourceText: '来源',
  sourceHint: '例如：群众来信、执法检查',
  place: (what: string) => `出处：${what}`,
  placeHint: '例如：第三部分、第 5 页',
  addReport: '再加述职报告为来源',
  addSource: '再加其他来源',
  removeSource: '删去这个来源',
  categories: '问题类别',
  categoriesHint: '评议意见按这里的先后排列。改名后，原类别下的问题随之改名。',
  categoryOf: (place: number) => `第 ${place} 类`,
  addCategory: '增加类别',
  up: '上移',
  remove: '删除',
  xlsx: '清单 Excel',
  csv: '清单 CSV',
  opinions: {
    title: '评议意见',
    paper: (subject: string) => `关于${subject}述职的评议意见`,
    notDrafted: '尚未起草',
    drafted: '已起草，待主任会议审议',
    approvedOn: (on: string, note: string) => `${on}主任会议审议通过${note ? `（${note}）` : ''}`,
    frozen: '已审议通过，请到“整改”登记交办。如需修改，先撤销审议登记。',
    handed: (on: string) => `已于 ${on} 交办。`,
    assessment: '总体评价',
    assessmentHint: '述职和履职的总体情况，每段一行',
    advice: '意见建议',
    adviceHint: '每条一行',
    demands: '整改要求',
    demandsHint: '报送整改方案和报告的期限会自动写入文件',
    number: '文号',
    save: '保存草稿',
    docx: '下载 Word',
    approve: '登记审议通过',
    approvedAgain: '撤销审议登记',
    approveTitle: (subject: string) => `主任会议审议：${subject}`,
    approveHint: '登记后，评议意见的文字和问题清单不能再改，随后可以交办。',
    approveDay: '审议通过日期',
    approveNote: '会议名称或说明',
    approveNoteHint: '例如：第三十次主任会议',
    takeBack: '撤销审议登记',
    takeBackHint: '撤销后可以修改评议意见和问题，修改后须重新登记审议通过。',
  },
}
