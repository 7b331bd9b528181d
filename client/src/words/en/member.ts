import type { member as Source } from '../zh-CN/member'

export const member: typeof Source = {
  title: 'Duty-report appraisal',
}
