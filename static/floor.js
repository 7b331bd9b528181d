// Written for browsers too old for the pages (below Chrome 87, Safari 14, Firefox 83): says so instead of staying blank.
(function () {
  var modules = 'noModule' in document.createElement('script')
  if (modules && 'replaceAll' in String.prototype) return
  var note = document.createElement('p')
  note.setAttribute('role', 'alert')
  note.textContent = '这个浏览器版本过低，无法打开本页。请升级微信或换用手机自带的浏览器，也可以请工作人员改用会场的投票终端或纸质票。' +
    ' This browser is too old for this page; ask the staff for the voting tablet or a paper ballot.'
  document.body.insertBefore(note, document.body.firstChild)
})()
