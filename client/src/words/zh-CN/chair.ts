export const chair = {
  title: '主持控制台',
}
