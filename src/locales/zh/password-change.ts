export const passwordChange = {
  title: '修改密码',
  intro: '修改后，这个帐号在其他设备上的登录会全部退出，当前设备不受影响。',
  none: '这个帐号还没有设置过密码。请退出后，在登录页点“忘记密码”设置一个。',
  current: '现在的密码',
  next: '新密码',
  submit: '修改密码',
  done: '密码已修改，其他设备已退出。',
  back: '返回',
};
