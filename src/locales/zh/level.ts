export const level = {
  title: '认证等级',
  now: '您现在的等级',
  how: '怎样提高',
  byIdCard: '用居民身份证认证：先确认手机号在您手上，再填写姓名和身份证号码。通过后可以网上办事。',
  byIdCardAlone: '用居民身份证认证：填写姓名和身份证号码。通过后可以网上办事。',
  steps: ['验证手机号', '姓名和身份证号码'],
  codeIntro: (v: { phone: string }) => `我们给 ${v.phone} 发送一条验证码短信。`,
  next: '下一步',
  fixed: '姓名、性别、出生日期和身份证号码以核对过的为准，不能再修改。',
  fixedHelp: (v: { hotline: string }) =>
    `依法改了姓名或身份证号码的，请带身份证到就近的政务服务大厅更正，或拨打 ${v.hotline}。`,
  facts: {
    level: '等级',
    sex: '性别',
    birthDate: '出生日期',
    method: '认证方式',
    minor: '未成年人',
  },
  sexes: { male: '男', female: '女' },
  methods: { 'id-card': '居民身份证', alipay: '支付宝' },
  minor: '未满 18 周岁，站点办理业务时会看到这一标记',
};
