/** Refusals of the console: who may open it. */
export const consoleRefusals = {
  'console.no-role':
    '您的帐号没有站点控制台的权限。站点的开发者由平台运营人员在控制台里授权；平台运营人员由系统管理员授权。请联系您站点的主管单位。',
  'console.sms-alone': '用短信验证码登录不能进入站点控制台。请退出登录，再用密码等方式登录。',
  'console.site-missing': '请选择一个站点。',
  'console.person-unfit':
    '不能授权给这个手机号：它没有可用的自然人帐号，或帐号还没有达到控制台要求的认证等级。请与对方核对手机号，并请对方先提高认证等级。',
  'console.developer-already': '这个手机号的帐号已经是该站点的开发者，不用再授权。',
  'console.no-logout-address': '这个站点没有登记后台退出通知地址，没有可以测试的。请先在“修改登记”里填写。',
  'console.site-closed': '这个站点已停用，不向它发送任何通知。启用之后再测试。',
  'console.role-gone': '这个权限已经收回了。请刷新页面查看。',
};
