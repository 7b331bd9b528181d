export const projector = {
  title: '述职评议大屏',
}
