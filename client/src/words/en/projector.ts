import type { projector as Source } from '../zh-CN/projector'

export const projector: typeof Source = {
  title: 'Hall screen',
}
