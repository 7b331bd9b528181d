import type { publicPage as Source } from '../zh-CN/public'

export const publicPage: typeof Source = {
  title: 'Published appraisals',
}
