export const home = {
  title: (v: { name: string }) => `${v.name}统一用户帐号`,
  intro: (v: { province: string; count: number }) =>
    `注册一次、认证一次、登录一次，就能使用${v.province}的全部 ${v.count} 个政务服务站点。`,
  logIn: '登录',
  register: '注册',
  sites: '全部站点',
  sitesIntro: '用同一个帐号可以登录下面每一个站点。',
  levels: { province: '省级', city: '市（州）', county: '县（市、区）' },
  agreementTitle: '注册协议',
  version: (v: { version: string }) => `版本 ${v.version}`,
  privacyTitle: '隐私政策',
  accessibilityTitle: '无障碍说明',
  accessibilityText: [
    '本站每一页都可以只用键盘操作，可以用读屏软件朗读，不运行脚本也能办事。',
    '右上角可以切换大字版和英文版，选择会记住。文字和底色的对比度都在 4.5 以上。',
    '看不到验证码图片时，可以改用浏览器计算来代替。',
    '遇到用不了的地方，请拨打政务服务热线，我们会协助您办理并改进。',
  ],
};
