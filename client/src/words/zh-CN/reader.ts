export const reader = {
  title: '述职报告',
}
