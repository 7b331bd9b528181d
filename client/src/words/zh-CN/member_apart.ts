/** What a phone says whose member votes elsewhere or takes no part. */
export const memberApart = {
  recused: { title: '您回避本项测评', text: '您不参加对这一对象的测评，请等候主持人宣布结果', after: '您回避了本项测评' },
  paper: { title: '您使用纸质票', text: '请在纸质票上填写后投入票箱，手机不再投票', after: '您使用纸质票投票，票数由两人清点' },
  booth: { title: '您在投票终端投票', text: '请到会场的投票终端扫描席卡投票，手机不再投票', after: '您在投票终端投票，本机无法核对；公开页上人人可以核验整个票箱' },
  too_old: {
    title: '这台手机不能参加无记名测评',
    text: '手机或浏览器版本过低。请告诉工作人员，改用会场的投票终端，或改用纸质票',
    after: '这台手机没有参加无记名测评',
  },
  row: { recused: '回避', paper: '用纸质票', booth: '到投票终端', too_old: '手机版本低' },
}
