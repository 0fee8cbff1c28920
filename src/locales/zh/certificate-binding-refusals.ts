/** Refusals about the certificates that are bound to an account. */
export const certificateBindingRefusals = {
  'certificate.too-many': '一个帐号最多绑定 {most} 张证书。请先解除一张不再使用的，再来绑定。',
};
