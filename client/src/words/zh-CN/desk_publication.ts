/** What is made public, and when. */
import type { Part } from '../../protocol/generated'

export const deskPublication = {
  lead: '公开页面不需要登录。每一部分到了设定的时间才公开；撤回后立即不再显示。',
  part: { results: '测评结果', opinions: '述职评议意见', rectification: '整改情况' } satisfies Record<Part, string>,
  about: {
    results: '按测评办法规定的内容公开；默认在会议宣布结果时公开。',
    opinions: '主任会议审议通过、已经交办的评议意见。',
    rectification: '整改台账的进展统计、整改方案和报告的报送日期，不含台账内容和证明材料。',
  } satisfies Record<Part, string>,
  held: '不公开',
  withAnnouncement: '宣布结果时公开',
  since: (when: string) => `已公开（${when}）`,
  from: (when: string) => `${when} 起公开`,
  setWithAnnouncement: '宣布结果时公开',
  now: '现在公开',
  later: '定时公开',
  setLater: '按此时间公开',
  hold: '撤回，不公开',
  saved: '公开设置已保存',
  page: '公开页面',
  embed: '嵌入本机关网站的代码：',
  json: '供程序读取的数据（JSON）：',
}
