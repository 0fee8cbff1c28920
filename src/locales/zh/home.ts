export const home = {
  title: (v: { name: string }) => `${v.name}统一用户帐号`,
  intro: (v: { province: string; count: number }) =>
    `注册一次、认证一次、登录一次，就能使用${v.province}的全部 ${v.count} 个政务服务站点。`,
  logIn: '登录',
  register: '注册',
  sites: '全部站点',
  sitesIntro: (v: { count: number }) => `用同一个帐号可以登录下面 ${v.count} 个站点中的每一个。`,
  agreementTitle: '注册协议',
  version: (v: { version: string }) => `版本 ${v.version}`,
  privacyTitle: '隐私政策',
  accessibilityTitle: '无障碍说明',
};
