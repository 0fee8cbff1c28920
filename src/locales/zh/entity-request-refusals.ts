/** Refusals about what waits for a legal representative's word: how a request stands, said to whoever asks or is asked. */
export const entityRequestRefusals = {
  'entity-request.waits-already':
    '这个单位已有一项申请在等法定代表人确认。请法定代表人先处理那一项；是您自己提出的，请继续那一项申请；着急请改用短信验证码确认。',
  'entity-request.day-cap': '今天请法定代表人确认的次数已用完。请明天再试，或改用短信验证码确认。',
  'entity-request.not-found':
    '没有找到这样的申请。请检查统一社会信用代码和申请时设置的密码；申请过了 7 天会删除，请重新注册。',
  'entity-request.gone': '这项申请已经不在了，或者不是向您提出的。请重新打开页面查看；需要时请单位重新申请。',
  'entity-request.waiting': '法定代表人还没有确认。请等法定代表人确认后再继续。',
  'entity-request.confirmed': '这项申请已经确认过了，不用再确认。',
  'entity-request.denied': '法定代表人没有同意这项申请。需要时请与法定代表人联系后重新申请。',
  'entity-request.withdrawn': '单位已经撤回这项申请，不用再处理。',
  'entity-request.overtaken': '这个单位已经用其他方式办完，这项申请不再有效。',
  'entity-request.finished': '这项申请已经办完，不用再处理。',
  'entity-request.expired': '这项申请超过 72 小时，已经失效。需要时请重新申请。',
};
