export const certificateLogin = {
  intro: '插好密钥盘，选择本单位已绑定的签名证书，用它签名后登录。',
  submit: '用证书登录',
  replaceTitle: '证书有效，绑定后就能登录',
  replace: '绑定这张证书',
  registerTitle: '证书有效，先注册再绑定',
  register: '注册法人帐号',
  replacementTitle: '绑定新证书',
  replacementIntro: (v: { entity: string }) =>
    `这张证书属于“${v.entity}”，还没有绑定到它的法人帐号。请再证明一次，绑定后直接登录；原来绑定的证书不受影响。`,
  facts: { authority: '发证机构', until: '有效期至', serial: '序列号末四位' },
  password: '法人帐号的登录密码',
  replacementSubmit: '绑定并登录',
  byPassword: '用登录密码证明',
  byCertificate: '用另一张已绑定的证书证明',
  otherIntro: '插好密钥盘，选择另一张已绑定到这个帐号的签名证书，用它签名。',
  back: '不绑定，返回登录',
};
