/** Refusals about legal entities: their code, their type, the register. */
export const entityRefusals = {
  'entity-type.missing': '请选择单位类型。',
  'entity-type.unsuited': '单位类型与统一社会信用代码对不上。请对照营业执照或登记证书，重新选择类型或检查代码。',
  'register.not-found':
    '登记系统里没有这个统一社会信用代码。请对照营业执照检查，今天还可以再试 {left} 次；刚登记的单位请过几天再来，或拨打 {hotline}。',
  'register.name-differs': '单位名称与登记的不一致。请按营业执照或登记证书填写全称，今天还可以再试 {left} 次。',
  'register.representative-differs':
    '法定代表人的姓名或身份证号码与登记的不一致。请检查，今天还可以再试 {left} 次；刚变更过的请等登记系统更新。',
  'register.cancelled': '这个单位已经注销，不能注册帐号。有疑问请咨询登记机关，或拨打 {hotline}。',
  'register.revoked': '这个单位的执照已被吊销，不能注册帐号。请先到登记机关办理。',
  'register.unavailable': '登记系统暂时没有回应。已填的内容都还在，请过几分钟再试。',
  'register.closed-till-tomorrow':
    '今天核对的次数已用完。请明天再试；着急请带营业执照到政务服务大厅办理，或拨打 {hotline}。',
  'representative.unregistered':
    '法定代表人还没有已实名认证的自然人帐号。请法定代表人先注册并实名认证，再回到这里；已填的内容都还在。',
  'representative.away':
    '法定代表人的自然人帐号没有绑定手机号，或很久没有使用。请法定代表人先登录自己的帐号核对手机号，再回到这里。',
  'representative.closed':
    '法定代表人的自然人帐号刚刚更换了手机号或重设了密码。为了保护单位，请 {hours} 小时后再由法定代表人确认。',
  'representative-name.missing': '请填写法定代表人的姓名。',
  'representative-id-number.missing': '请填写法定代表人的居民身份证号码。',
  'manager-name.missing': '请填写负责人的姓名。',
  'manager-id-number.missing': '请填写负责人的居民身份证号码。',
  'entity.agreement-outdated': '注册协议刚刚更新了。请点“修改单位信息”，阅读新的版本并勾选同意，再继续注册。',
  'entity.taken':
    '这个单位已经有帐号了。请用统一社会信用代码和密码登录；不是本单位注册的，请拨打政务服务热线，或带营业执照到政务服务大厅办理。',
  'credit-code.missing': '请填写统一社会信用代码。',
  'credit-code.malformed': '统一社会信用代码应为 18 位数字和大写字母，不含字母 I、O、S、V、Z。请对照营业执照检查。',
  'credit-code.checksum': '统一社会信用代码有一位填错了。请对照营业执照逐位检查。',
  'credit-code.fifteen-digits':
    '这是 15 位的旧注册号，已经停用。请先到登记机关换发带 18 位统一社会信用代码的营业执照，再来注册。',
  'entity-name.missing': '请填写单位名称。',
  'entity-name.malformed': '单位名称只能是汉字、字母、数字和括号等名称里的符号。请按营业执照或登记证书上的写法填写。',
  'entity-name.too-long': '单位名称太长了，最多 100 个字。请按营业执照或登记证书上的写法填写。',
};
