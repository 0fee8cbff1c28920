export const passwordReset = {
  title: '设置新密码',
  steps: ['填写手机号', '验证身份', '设置新密码'],
  intro: '忘记了密码，或者从来没有设置过密码，都可以在这里设置。先填写注册时用的手机号，我们发送一条验证码短信。',
  phone: '手机号',
  next: '下一步',
  contactIntro: (v: { phone: string }) =>
    `${v.phone} 可能是用支付宝注册的帐号的手机号。请填写实名认证时的姓名和身份证号码的最后 6 位，就可以设置登录密码。`,
  notMine: '不是我的帐号，用这个手机号注册',
  personIntro: (v: { phone: string }) =>
    `${v.phone} 的帐号已实名认证。短信验证码只能证明手机号，请再填写姓名和身份证号码的最后 6 位。`,
  name: '姓名',
  idNumberLast6: '身份证号码最后 6 位',
  idNumberLast6Hint: '最后一位可以是 X',
  passwordIntro: (v: { phone: string }) =>
    `为 ${v.phone} 的帐号设置新密码。设置后，这个帐号在其他地方的登录会全部退出。`,
  password: '新密码',
  submit: '设置并登录',
  backToLogin: '想起来了？去登录',
};
