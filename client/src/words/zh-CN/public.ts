export const publicPage = {
  title: '述职评议公开',
}
