import type { RefusalCode } from '../refusal_codes'

export const refusals: Record<RefusalCode, string> = {
  screen_outdated: '页面内容已变化，请核对后重新操作',
  ballot_not_open: '测评尚未开始',
  ballot_closed: '测评已结束',
  not_permitted: '您没有进行这项操作的权限',
  text_too_long: '内容过长，请精简后提交',
}
