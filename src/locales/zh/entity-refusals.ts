/** Refusals about legal entities: their code, their type, the register. */
export const entityRefusals = {
  'credit-code.missing': '请填写统一社会信用代码。',
  'credit-code.malformed': '统一社会信用代码应为 18 位数字和大写字母，不含字母 I、O、S、V、Z。请对照营业执照检查。',
  'credit-code.checksum': '统一社会信用代码有一位填错了。请对照营业执照逐位检查。',
  'credit-code.fifteen-digits':
    '这是 15 位的旧注册号，已经停用。请先到登记机关换发带 18 位统一社会信用代码的营业执照，再来注册。',
  'entity-name.missing': '请填写单位名称。',
  'entity-name.malformed': '单位名称只能是汉字、字母、数字和括号等名称里的符号。请按营业执照或登记证书上的写法填写。',
  'entity-name.too-long': '单位名称太长了，最多 100 个字。请按营业执照或登记证书上的写法填写。',
};
