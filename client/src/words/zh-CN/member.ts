export const member = {
  title: '述职评议',
}
