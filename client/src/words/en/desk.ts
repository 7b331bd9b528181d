import type { desk as Source } from '../zh-CN/desk'

export const desk: typeof Source = {
  title: 'Office desk',
}
