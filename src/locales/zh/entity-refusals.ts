/** Refusals about legal entities: their code, their type, the register. */
export const entityRefusals = {
  'credit-code.missing': '请填写统一社会信用代码。',
  'credit-code.malformed': '统一社会信用代码应为 18 位数字和大写字母，不含字母 I、O、S、V、Z。请对照营业执照检查。',
  'credit-code.checksum': '统一社会信用代码有一位填错了。请对照营业执照逐位检查。',
  'credit-code.fifteen-digits':
    '这是 15 位的旧注册号，已经停用。请先到登记机关换发带 18 位统一社会信用代码的营业执照，再来注册。',
};
