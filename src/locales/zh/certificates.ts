/** The certificates of an entity in its user centre. */
export const certificates = {
  title: '数字证书',
  intro: '用绑定的数字证书登录，可以办理要求最高认证等级的法人业务。一张证书只能绑定一个帐号，一个帐号可以绑定几张。',
  noneTitle: '还没有绑定数字证书',
  none: '请准备好本单位的密钥盘，点“绑定证书”。不绑定也可以用密码登录，只是不能办理要求证书的业务。',
  certificate: '证书',
  authority: '发证机构',
  serial: '序列号末四位',
  until: '有效期至',
  boundAt: '绑定时间',
  act: '操作',
  states: {
    valid: (_v: { days: number }): string => '有效',
    'not-yet': (_v: { days: number }): string => '还没有生效',
    expiring: (v: { days: number }): string => `还有 ${v.days} 天到期`,
    expired: (_v: { days: number }): string => '已到期，不能登录',
    untrusted: (_v: { days: number }): string => '发证机构不再受信任，不能登录',
  },
  warnings: {
    expiring: {
      title: '有证书快要到期',
      text: '请先到发证机构更新证书，再在这里绑定新证书。到期后，旧证书不能再登录，可以解除绑定。',
    },
    expired: {
      title: '有证书已经到期',
      text: '到期的证书不能再登录。请到发证机构更新证书，再在这里绑定新证书，并解除旧证书的绑定。',
    },
    untrusted: {
      title: '有证书的发证机构不再受本省信任',
      text: '它签发的证书不能再登录。请换用另一家机构的证书，绑定后再解除旧证书的绑定。',
    },
  },
  news: {
    bound: '已绑定证书。以后可以用它登录。',
    unbound: '已解除绑定，不能再用这张证书登录。用证书登录的其他地方已退出。',
  },
  add: '绑定证书',
  goOn: (v: { site: string }) => `继续，去${v.site}`,
  addAnother: '绑定新证书',
  unbind: '解除绑定',
  acts: { 'certificate-bind': '绑定证书', 'certificate-unbind': '解除证书绑定' },
  steps: ['短信验证', '选择证书'],
  codeIntro: {
    'certificate-bind': (v: { entity: string; phone: string }) =>
      `为${v.entity}绑定证书之前，请获取短信验证码。验证码发到 ${v.phone}，请向接收人索取。`,
    'certificate-unbind': (v: { entity: string; phone: string }) =>
      `解除${v.entity}的下面这张证书之前，请获取短信验证码。验证码发到 ${v.phone}，请向接收人索取。`,
  },
  unbindText: '解除后，不能再用这张证书登录；用证书登录的地方都会退出。需要时可以重新绑定。',
  next: '下一步',
  signIntro: (v: { entity: string }) =>
    `请插好密钥盘，选择${v.entity}的证书，用它签名。证书上的统一社会信用代码要与本帐号一致。`,
  submit: '绑定证书',
  back: '不做了，返回证书列表',
};
