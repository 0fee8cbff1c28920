export const proof = {
  title: '请先确认是您本人',
  intro: (v: { act: string; account: string }) =>
    `帐号 ${v.account}：${v.act}之前，请再确认一次身份。短信验证码只能证明手机号，不能证明是您本人。`,
  acts: {
    password: '修改密码',
    'user-name': '设置用户名',
    phone: '更换手机号',
    'lost-number': '更换手机号（原号码不用了）',
    export: '导出个人信息',
    deregister: '注销帐号',
    'restore-number': '恢复手机号',
    confirmation: '作为法定代表人确认申请',
    'certificate-bind': '绑定数字证书',
    'certificate-unbind': '解除绑定数字证书',
  },
  password: '登录密码',
  name: '姓名',
  idNumber: '身份证号码',
  submit: '确认',
  byIdentity: '不记得密码？用姓名和身份证号码确认',
  byPassword: '用登录密码确认',
  back: '不做了，返回',
};
