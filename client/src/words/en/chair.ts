import type { chair as Source } from '../zh-CN/chair'

export const chair: typeof Source = {
  title: 'Chair’s console',
}
