/** How a drawing of lots is told and checked, wherever it is shown. */
export const lots = {
  title: '抽签',
  number: (n: number) => `第 ${n} 次抽签`,
  of: (draw: number, all: number) => `${all} 个单位中抽取 ${draw} 个`,
  cancelled: (reason: string) => `已取消：${reason}`,
  called: '现场喊出的数字或文字',
  drawNow: '录入并抽签',
  drawn: '抽中',
  notDrawn: '未抽中',
  commitment: '承诺值',
  seed: '种子',
  calledOut: '现场喊出',
  check: '怎样复算',
  checkHow: '种子的 SHA-256 等于承诺值；把文字“pingyi-lot/1|种子|喊出的内容|编号”逐个计算 SHA-256，由小到大排列，最前面的即为抽中。',
}
