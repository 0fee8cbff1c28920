/** Refusals about the certificates that are bound to an account. */
export const certificateBindingRefusals = {
  'certificate.too-many': '一个帐号最多绑定 {most} 张证书。请先解除一张不再使用的，再来绑定。',
  'certificate.unknown': '这张证书已经不在列表里了，可能已在别处解除绑定。请看下面现在的列表。',
  'certificate.no-number':
    '帐号没有可以接收验证码的手机号，不能办理这一项。请先更新法定代表人或联系手机号，或拨打 {hotline}。',
};
