export const numberHolder = {
  title: '请确认您是帐号的主人',
  intro: (v: { phone: string; days: number }) =>
    `${v.phone} 的帐号已实名认证，但超过 ${v.days} 天没有使用过。手机号可能换了主人，所以请填写这个帐号实名认证时的姓名和身份证号码。`,
  submit: '下一步',
  newHolder: '我是这个号码的新机主',
  back: '返回登录',
};
export const numberHandover = {
  title: '我是这个号码的新机主',
  intro: (v: { phone: string }) => `${v.phone} 绑定着别人的帐号。您是新机主的，可以解除绑定，再用它注册自己的帐号。`,
  loses: (v: { phone: string }) =>
    `原帐号的主人会失去 ${v.phone}：不能再用它登录、接收短信或设置新密码。我们会给这个号码发一条通知短信。`,
  gets: (v: { phone: string }) => `${v.phone} 可以注册新的帐号。原帐号里的信息不会给您。`,
  undo: (v: { days: number }) => `原帐号的主人如果还在使用这个号码，${v.days} 天内可以恢复绑定。`,
  confirm: '解除绑定，注册新帐号',
  back: '我就是原帐号的主人，返回',
};
export const numberRestore = {
  title: '恢复手机号',
  intro: (v: { phone: string; date: string }) =>
    `${v.phone} 已被自称新机主的人解除绑定。号码还在您手上的，${v.date} 前可以恢复。`,
  how: (v: { phone: string }) =>
    `先确认 ${v.phone} 在您手上：我们给它发送一条验证码短信。恢复后，用它新注册的未实名帐号会失去这个号码。`,
  submit: '恢复手机号',
  other: '号码不在我手上了，绑定别的手机号',
  done: '手机号已恢复',
  doneText: '其他设备上的登录已全部退出。为了安全，24 小时内不能修改密码、导出信息或注销帐号。',
  back: '返回',
};
