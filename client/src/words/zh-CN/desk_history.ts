/** Over the years: subjects of all appraisals, found by words. */
export const deskHistory = {
  title: '历年评议',
  wanted: '查找单位、职务、姓名、问题或询问',
  placeholder: '单位、职务、姓名、问题或询问，多个词用空格分开',
  look: '查找',
  count: (n: number) => (n === 0 ? '没有找到' : `共 ${n} 条`),
  more: '只显示一部分，请增加查找的词。',
  subject: '评议对象',
  appraisal: '评议',
  results: '历次测评',
  issues: '问题',
  none: '尚未公布',
  closed: (issues: number, closed: number) => `${issues} 个，已销号 ${closed} 个`,
}
