const NUMERALS = '一二三四五六七八九十'
const numeral = (n: number) => (n <= 10 ? NUMERALS[n - 1] : n < 20 ? `十${NUMERALS[n - 11]}` : String(n))

/** The opinions as a document. */
export const opinions = {
  document: {
    title: (subject: string) => `关于${subject}述职的评议意见`,
    draft: '草稿，尚未经主任会议审议',
    to: (unit: string) => `${unit}：`,
    assessment: '总体评价',
    issues: '存在的主要问题',
    category: (place: number, name: string) => `（${numeral(place)}）${name}`,
    advice: '意见建议',
    demands: '整改要求',
  },
}
