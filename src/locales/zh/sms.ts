export const sms = {
  registration: (v: { sign: string; code: string; object: string; minutes: number }) =>
    `【${v.sign}】验证码 ${v.code}，用于在${v.object}注册统一用户帐号，${v.minutes} 分钟内有效。工作人员不会向您索要验证码。`,
  login: (v: { sign: string; code: string; object: string; minutes: number }) =>
    `【${v.sign}】验证码 ${v.code}，用于登录${v.object}，${v.minutes} 分钟内有效。工作人员不会向您索要验证码。`,
  reset: (v: { sign: string; code: string; object: string; minutes: number }) =>
    `【${v.sign}】验证码 ${v.code}，用于重新设置${v.object}的登录密码，${v.minutes} 分钟内有效。工作人员不会向您索要验证码。`,
};
