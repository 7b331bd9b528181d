/** Several subjects on one sheet, on the console. */
export const chairSheet = {
  heading: (n: number) => `满意度测评表（${n} 项）`,
  byGroups: (what: string, n: number) => `${what}（${n} 类人员分别投票）`,
  about: (first: string, n: number) => `${first}等 ${n} 项`,
  named: (unit: string, says: string) => `${unit}：${says}`,
  subject: '测评对象',
  returned: '收回/发出',
  code: '投票',
  box: '票箱',
  round: (n: number) => `第 ${n} 轮`,
  void: '作废',
  voidOf: (unit: string) => `作废“${unit}”本轮`,
  balanced: '各项票数核对一致',
  unbalanced: (units: string) => `${units}票数核对不一致，不能公布`,
  again: (units: readonly string[]) => `本次只重新测评：${units.join('、')}。完成后与其他各项一并公布。`,
  allReturned: '各项发出的测评票已全部提交。',
  more: (n: number) => `另 ${n} 项`,
}
