export const phoneChange = {
  title: '更换手机号',
  oldTitle: '更换手机号：先验证现在的号码',
  newTitle: '更换手机号：验证新的号码',
  oldIntro: (v: { phone: string }) => `先确认 ${v.phone} 在您手上：我们给它发送一条验证码短信。`,
  newIntro: '请填写新的手机号，我们给它发送一条验证码短信。更换后请用新的手机号登录。',
  phone: '新的手机号',
  next: '下一步',
  submit: '更换',
  done: (v: { phone: string }) => `手机号已更换为 ${v.phone}`,
  doneText:
    '两个手机号都会收到通知短信。其他设备上的登录已全部退出。为了安全，24 小时内不能修改密码、导出信息或注销帐号。',
  back: '返回',
};
