/** Refusals of the console: who may open it. */
export const consoleRefusals = {
  'console.no-role':
    '您的帐号没有站点控制台的权限。站点的开发者由平台运营人员在控制台里授权；平台运营人员由系统管理员授权。请联系您站点的主管单位。',
  'console.sms-alone': '用短信验证码登录不能进入站点控制台。请退出登录，再用密码等方式登录。',
};
