/** What a message may name; a template uses what it needs. */
export interface SmsValues {
  sign: string;
  object: string;
  code?: string;
  minutes?: number;
  date?: string;
}

const never = '工作人员不会向您索要验证码。';
const stranger = '不是您本人操作的，请尽快登录修改密码或拨打政务服务热线。';
const theirs = '不是贵单位操作的，请尽快登录检查，或拨打政务服务热线。';

/** One approved template a purpose. Each names what it is for and holds no link (DESIGN 6). */
export const sms = {
  registration: (v: SmsValues) =>
    `【${v.sign}】验证码 ${v.code}，用于在${v.object}注册统一用户帐号，${v.minutes} 分钟内有效。${never}`,
  login: (v: SmsValues) => `【${v.sign}】验证码 ${v.code}，用于登录${v.object}，${v.minutes} 分钟内有效。${never}`,
  reset: (v: SmsValues) =>
    `【${v.sign}】验证码 ${v.code}，用于重新设置${v.object}的登录密码，${v.minutes} 分钟内有效。${never}`,
  level: (v: SmsValues) =>
    `【${v.sign}】验证码 ${v.code}，用于在${v.object}进行实名认证，${v.minutes} 分钟内有效。${never}`,
  'phone-old': (v: SmsValues) =>
    `【${v.sign}】验证码 ${v.code}，用于更换${v.object}帐号的手机号（原手机号），${v.minutes} 分钟内有效。${never}`,
  'phone-new': (v: SmsValues) =>
    `【${v.sign}】验证码 ${v.code}，用于把本手机号设为${v.object}帐号的手机号，${v.minutes} 分钟内有效。${never}`,
  'lost-number': (v: SmsValues) =>
    `【${v.sign}】验证码 ${v.code}，用于在原手机号不用后，把本手机号设为${v.object}帐号的手机号，${v.minutes} 分钟内有效。${never}`,
  'entity-registration': (v: SmsValues) =>
    `【${v.sign}】验证码 ${v.code}，用于确认为${v.object}注册法人帐号，${v.minutes} 分钟内有效。您同意注册的，只可告知您委托的经办人；不同意的，请不要告知任何人。${never}`,
  'entity-contact': (v: SmsValues) =>
    `【${v.sign}】验证码 ${v.code}，用于把本手机号作为${v.object}法人帐号的联系手机号，${v.minutes} 分钟内有效。${never}`,
  'entity-reset': (v: SmsValues) =>
    `【${v.sign}】验证码 ${v.code}，用于重新设置${v.object}法人帐号的登录密码，${v.minutes} 分钟内有效。不是贵单位申请的，请不要告知任何人。${never}`,
  'alipay-link': (v: SmsValues) =>
    `【${v.sign}】验证码 ${v.code}，用于把支付宝绑定到您的${v.object}帐号，${v.minutes} 分钟内有效。${never}`,
  'alipay-bound': (v: SmsValues) => `【${v.sign}】您的${v.object}帐号刚刚绑定了支付宝，可以用它登录。${stranger}`,
  'alipay-unbound': (v: SmsValues) => `【${v.sign}】您的${v.object}帐号刚刚解除绑定支付宝，不能再用它登录。${stranger}`,
  'representative-change': (v: SmsValues) =>
    `【${v.sign}】验证码 ${v.code}，用于变更${v.object}法人帐号的法定代表人，${v.minutes} 分钟内有效。您同意的，只可告知您委托的经办人；不同意的，请不要告知任何人。${never}`,
  'contact-change': (v: SmsValues) =>
    `【${v.sign}】验证码 ${v.code}，用于更换${v.object}法人帐号的联系手机号，${v.minutes} 分钟内有效。您同意的，只可告知您委托的经办人；不同意的，请不要告知任何人。${never}`,
  'password-set': (v: SmsValues) => `【${v.sign}】您的${v.object}帐号刚刚设置了新的登录密码。${stranger}`,
  'user-name-set': (v: SmsValues) => `【${v.sign}】您的${v.object}帐号刚刚设置了用户名。${stranger}`,
  'phone-changed': (v: SmsValues) => `【${v.sign}】您的${v.object}帐号刚刚更换了手机号。${stranger}`,
  'phone-moving': (v: SmsValues) =>
    `【${v.sign}】有人申请把您的${v.object}帐号改绑到另一个手机号，将于 ${v.date} 生效。不是您本人申请的，请在首页“停止更换手机号”处填写停止码 ${v.code}，或登录后在帐号页面停止。`,
  'phone-moved': (v: SmsValues) =>
    `【${v.sign}】您的${v.object}帐号已改绑到新手机号，原登录密码已失效。请用新手机号登录并设置新密码。不是您本人办理的，请拨打政务服务热线或到政务服务大厅办理。`,
  'phone-move-stopped': (v: SmsValues) =>
    `【${v.sign}】更换${v.object}帐号手机号的申请已停止，没有更换。确实需要更换的，请本人带身份证到政务服务大厅办理。`,
  'phone-freed': (v: SmsValues) =>
    `【${v.sign}】本手机号已从原${v.object}帐号解除绑定。原帐号的主人可在 ${v.date} 前用身份证号码和密码登录恢复。`,
  'new-device': (v: SmsValues) => `【${v.sign}】您的${v.object}帐号刚刚在新设备或新地点登录。${stranger}`,
  'data-exported': (v: SmsValues) => `【${v.sign}】您的${v.object}帐号刚刚导出了个人信息。${stranger}`,
  'deregistration-asked': (v: SmsValues) =>
    `【${v.sign}】您的${v.object}帐号已申请注销，将于 ${v.date} 注销。改变主意或不是您本人操作的，请在此之前登录取消。`,
  deregistered: (v: SmsValues) => `【${v.sign}】您的${v.object}帐号已注销，个人信息已销毁。`,
  'register-differs': (v: SmsValues) =>
    `【${v.sign}】登记系统里${v.object}的信息与法人帐号里的不一致。请尽快登录用户空间查看并更新。`,
  'representative-left': (v: SmsValues) =>
    `【${v.sign}】登记系统显示，您已不是${v.object}的法定代表人，本手机号不再用于该单位的法人帐号。请现任法定代表人登录用户空间办理变更；登记有误的，请联系登记机关。`,
  'certificate-bind': (v: SmsValues) =>
    `【${v.sign}】验证码 ${v.code}，用于为${v.object}的法人帐号绑定数字证书，${v.minutes} 分钟内有效。您同意的，只可告知您委托的经办人；不同意的，请不要告知任何人。${never}`,
  'certificate-unbind': (v: SmsValues) =>
    `【${v.sign}】验证码 ${v.code}，用于为${v.object}的法人帐号解除绑定数字证书，${v.minutes} 分钟内有效。您同意的，只可告知您委托的经办人；不同意的，请不要告知任何人。${never}`,
  'certificate-bound': (v: SmsValues) =>
    `【${v.sign}】${v.object}的法人帐号刚刚绑定了一张数字证书，用它可以登录。${theirs}`,
  'certificate-unbound': (v: SmsValues) => `【${v.sign}】${v.object}的法人帐号刚刚解除绑定了一张数字证书。${theirs}`,
  'certificate-revoked': (v: SmsValues) =>
    `【${v.sign}】${v.object}的法人帐号绑定的一张数字证书已被发证机构吊销，绑定已解除。需要的请到发证机构办理新证书，再登录绑定。`,
  'entity-asked': (v: SmsValues) =>
    `【${v.sign}】有人申请注册${v.object}的法人帐号，等您作为法定代表人确认。请在 ${v.date} 前登录统一用户帐号，在“待确认的申请”里确认；不是您委托的，请选择不同意。`,
  'representative-asked': (v: SmsValues) =>
    `【${v.sign}】${v.object}申请把法人帐号的法定代表人变更为您。请在 ${v.date} 前登录统一用户帐号，在“待确认的申请”里确认；不是您同意的，请选择不同意。`,
  'contact-asked': (v: SmsValues) =>
    `【${v.sign}】${v.object}申请更换法人帐号的联系手机号，等您作为法定代表人确认。请在 ${v.date} 前登录统一用户帐号，在“待确认的申请”里确认；不是您同意的，请选择不同意。`,
  'role-granted': (v: SmsValues) =>
    `【${v.sign}】您的帐号刚刚取得${v.object}的站点控制台权限。不清楚原因的，请联系贵单位或拨打政务服务热线。`,
  'role-ended': (v: SmsValues) =>
    `【${v.sign}】您的帐号在${v.object}的站点控制台权限已被收回。不清楚原因的，请联系贵单位或拨打政务服务热线。`,
  'representative-changed': (v: SmsValues) =>
    `【${v.sign}】${v.object}的法人帐号刚刚变更了法定代表人。不是贵单位办理的，请尽快登录修改密码或拨打政务服务热线。`,
  'contact-changed': (v: SmsValues) =>
    `【${v.sign}】${v.object}的法人帐号刚刚更换了联系手机号。不是贵单位办理的，请尽快登录修改密码或拨打政务服务热线。`,
};
