export const desk = {
  title: '办公室工作台',
}
