export const certificateStep = {
  bindTitle: '绑定证书',
  bindIntro: '帐号已注册成功。有本单位的数字证书时，可以现在绑定，以后用证书登录。',
  bindSubmit: '绑定证书',
  skip: (v: { centre: string }) => `跳过此步骤（以后可以在${v.centre}绑定）`,
  signTitle: '用证书确认',
  demanded: (v: { site: string }) => `${v.site}要求用本单位的数字证书确认，才能继续。`,
  wished: (v: { site: string }) => `${v.site}希望用本单位的数字证书确认。不确认也可以继续，但有些事项可能办不了。`,
  signIntro: (v: { entity: string }) => `插好密钥盘，选择已绑定到“${v.entity}”帐号的签名证书，用它签名。`,
  signSubmit: '用证书确认',
  unboundIntro: (v: { entity: string }) =>
    `“${v.entity}”的帐号还没有绑定证书。请先在帐号里绑定，完成后从那里回到这一页。`,
  bindFirst: '去绑定证书',
  bindAnother: '去绑定这张证书',
  decline: (v: { site: string }) => `不用证书，返回${v.site}`,
  goOn: '暂不用证书，继续',
};
