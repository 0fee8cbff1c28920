/** Who stands for a legal entity, and where it is told things. */
export const representative = {
  title: '法定代表人',
  left: '登记系统里的法定代表人已经变更。原法定代表人的手机号不再用于这个帐号，请现任法定代表人在这里接手。',
  name: '姓名',
  idNumber: '身份证号码',
  since: '担任时间',
  account: '自然人帐号',
  hasAccount: '有，由它确认单位的申请',
  noAccount: '没有',
  change: '变更法定代表人',
  newTitle: '新任法定代表人',
  newIntro: '请先在登记机关办理变更。填写的信息会与登记系统核对，姓名和身份证号码由公安机关的身份信息系统核对。',
  newIntroFirst: '请先在登记机关办理变更。填写的信息会与登记系统核对；新任法定代表人要先有已实名认证的自然人帐号。',
  newName: '新任法定代表人姓名',
  newIdNumber: '新任法定代表人身份证号码',
  check: '核对，下一步',
  confirmTitle: '新任法定代表人确认',
  byThem: '验证码发送到新任法定代表人自然人帐号的手机号。本人同意接手时，可以把它告知经办人，不要告知其他人。',
  byContact: '新任法定代表人没有自然人帐号，验证码发送到单位的联系手机号。',
  byCertificate: '本次登录已由单位的数字证书证明，不需要验证码。',
  submit: '变更',
  useCertificate: '改用单位的数字证书证明',
  certificateTitle: '用数字证书变更法定代表人',
  certificateIntro: '请用已绑定到本单位帐号的证书签名，签名后立即生效，不需要法定代表人再确认。',
  otherWays: '改用其他方式',
  askText: '可以请法定代表人登录自己的帐号确认。我们会发短信通知，72 小时内有效；确认后请回到这一页完成。',
  waitsText: (v: { time: string }) =>
    `已发短信通知法定代表人。请法定代表人在 ${v.time} 前登录自己的帐号，在“待确认的申请”里确认，之后刷新这一页。`,
  confirmedText: (v: { time: string }) => `请在 ${v.time} 前完成变更。`,
  finish: { representative: '完成变更', contact: '完成更换' },
  changed: '法定代表人已变更',
  changedText: '其他地方的登录已经退出，已发短信通知原来和现在的手机号。',
  back: '不办了，返回',
};

export const contact = {
  title: '联系手机号',
  intro: '接收这个帐号的通知，也用来重设密码；不能用来登录。',
  change: '更换联系手机号',
  newTitle: '新的联系手机号',
  newIntro: '请先用短信验证码证明新的手机号，之后由法定代表人确认。',
  newPhone: '新的联系手机号',
  next: '下一步',
  confirmTitle: '法定代表人确认',
  byThem: '验证码发送到法定代表人自然人帐号的手机号。法定代表人同意更换时，可以把它告知经办人，不要告知其他人。',
  byOld:
    '请填写法定代表人的姓名和身份证号码；验证码发送到原来的联系手机号。原手机号不用了的，请用单位的数字证书登录后再更换。',
  submit: '更换',
  certificateTitle: '用数字证书更换联系手机号',
  changed: '联系手机号已更换',
};

export const representativeRefusals = {
  'representative.same': '这就是现在的法定代表人，不用变更。',
  'representative.not-bound': '这张证书没有绑定到本单位的帐号。请换一张已绑定的证书，或改用其他方式。',
};
