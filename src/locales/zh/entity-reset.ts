export const entityReset = {
  title: '为法人帐号设置新密码',
  steps: ['填写单位', '验证身份', '设置新密码'],
  another: '换一个单位，或换一种方式验证',
  sentTitle: '请查看短信',
  representative: {
    intro:
      '忘记了法人帐号的密码，可以在这里重新设置。先填写统一社会信用代码，验证码会发送到法定代表人自然人帐号的手机号。',
    sent: (v: { minutes: number }) =>
      `这个单位有帐号的，验证码已发送到法定代表人自然人帐号的手机号，${v.minutes} 分钟内有效。`,
    personIntro: '短信验证码只能证明手机号，请再填写法定代表人的姓名和完整的身份证号码。',
  },
  contact: {
    intro: '忘记了法人帐号的密码或用户名，可以在这里重新设置。先填写统一社会信用代码，验证码会发送到帐号的联系手机号。',
    sent: (v: { minutes: number }) => `这个单位有帐号的，验证码已发送到它的联系手机号，${v.minutes} 分钟内有效。`,
    personIntro: '短信验证码只能证明手机号，请再填写法定代表人或负责人的姓名和完整的身份证号码。',
  },
  byCertificate: '用数字证书验证',
  certificateIntro: '用已绑定的数字证书签名，不用短信验证码，就可以重新设置这个帐号的密码。',
  passwordIntro: '设置后，这个帐号在其他地方的登录会全部退出。',
};
