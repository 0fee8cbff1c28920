/** Refusals of logins that are confirmed in the government app: on the waiting page, and in the app's API. */
export const appRefusals = {
  'app.token': '手机应用还没有登录，或登录已失效。请在手机应用里重新登录。',
  'app.scope': '这个应用不能确认扫码登录。请使用政务服务手机应用。',
  'app.login-old': '手机应用登录已超过 30 天。为了安全，请在手机应用里退出，重新登录后再扫码。',
  'app.login-scanned': '手机应用本身是用扫码登录的，不能再确认别的登录。请在手机应用里改用密码等方式登录。',
  'app.number-missing': '请选择电脑页面上显示的两位数字。',
  'ticket.unknown': '没有这个二维码，或它早已失效。请在电脑上刷新二维码，再扫一次。',
  'ticket.expired': '二维码已过期。请点“换一个二维码”，再扫一次。',
  'ticket.scanned': '这个二维码已经被扫过了。如果不是您扫的，请在电脑上换一个二维码。',
  'ticket.not-scanned': '还没有扫描这个二维码。请先扫码，再确认。',
  'ticket.other-app': '这个二维码是另一个帐号或另一次登录扫描的，您不能确认它。请换一个二维码，自己扫描。',
  'ticket.over': '这个二维码已经用过或已被拒绝。请在电脑上换一个二维码，再扫一次。',
  'ticket.wrong-number': '选的数字与电脑页面上的不一样，这次登录已取消。如果这不是您自己打开的页面，请不要再扫码。',
  'ticket.closed': '选错数字的次数太多。为了安全，您的帐号 {minutes} 分钟内不能扫码登录，请改用其他方式。',
  'ticket.not-confirmed': '手机上还没有确认。请用手机扫码，选好数字，再点“我已在手机上确认”。',
  'ticket.app-ended': '手机应用在确认之后退出了登录，这次扫码登录已取消。请重新登录手机应用，再扫一次。',
};
