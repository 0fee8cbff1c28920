/** Refusals of an entity's reset. */
export const entityResetRefusals = {
  'entity-reset.over': '这次验证已经用过，或者所用的证书已经解除绑定，密码没有改变。请从“填写单位”重新开始。',
  'entity-reset.not-bound': '这张证书没有绑定到法人帐号，不能用它重设密码。请换一张已绑定的证书，或用短信验证码重设。',
  'proof.speaker-wrong': '姓名或身份证号码与帐号里的不一致。请对照身份证检查，今天还可以再试 {left} 次。',
};
