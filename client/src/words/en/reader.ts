import type { reader as Source } from '../zh-CN/reader'

export const reader: typeof Source = {
  title: 'Duty report',
}
