/** Refusals of what the register, asked again, does not bear out any more. */
export const entityStandingRefusals = {
  'entity.representative-left':
    '登记系统显示，贵单位的法定代表人已经变更，原法定代表人不能再办理这一项。请登录用户空间，由现任法定代表人接手后再办；登记有误的，请联系登记机关，或拨打 {hotline}。',
  'entity.not-found':
    '登记系统里查不到这个单位了，暂时不能办理这一项。请先联系登记机关核实，或带登记证书到政务服务大厅办理；咨询电话 {hotline}。',
  'entity.cancelled':
    '登记系统显示这个单位已经注销，不能再变更证书。您仍可以登录，在用户空间导出数据、注销帐号；有疑问请联系登记机关，或拨打 {hotline}。',
  'entity.revoked':
    '登记系统显示这个单位的执照已被吊销，不能再变更证书。您仍可以登录，在用户空间导出数据、注销帐号；请先到登记机关办理，或拨打 {hotline}。',
};
