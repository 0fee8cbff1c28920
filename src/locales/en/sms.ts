import type { zh } from '../zh.js';

const never = 'Our staff never ask for it.';
const stranger = 'If this was not you, log in and change the password soon, or call the hotline.';
const theirs = 'If your organisation did not do this, log in soon or call the hotline.';

export const sms: typeof zh.sms = {
  registration: (v) =>
    `【${v.sign}】Code ${v.code} for registering a unified account at ${v.object}, valid for ${v.minutes} minutes. ${never}`,
  login: (v) => `【${v.sign}】Code ${v.code} for logging in to ${v.object}, valid for ${v.minutes} minutes. ${never}`,
  reset: (v) =>
    `【${v.sign}】Code ${v.code} for setting a new password of ${v.object}, valid for ${v.minutes} minutes. ${never}`,
  level: (v) =>
    `【${v.sign}】Code ${v.code} for real-name verification at ${v.object}, valid for ${v.minutes} minutes. ${never}`,
  'phone-old': (v) =>
    `【${v.sign}】Code ${v.code} for changing the number of your ${v.object} account (old number), valid for ${v.minutes} minutes. ${never}`,
  'phone-new': (v) =>
    `【${v.sign}】Code ${v.code} for making this the number of a ${v.object} account, valid for ${v.minutes} minutes. ${never}`,
  'lost-number': (v) =>
    `【${v.sign}】Code ${v.code} for making this the number of a ${v.object} account whose old number is lost, valid for ${v.minutes} minutes. ${never}`,
  'entity-registration': (v) =>
    `【${v.sign}】Code ${v.code} for confirming the registration of ${v.object} as a legal entity, valid for ${v.minutes} minutes. If you agree, give it to the person you charged with this and to nobody else; if not, to nobody. ${never}`,
  'entity-contact': (v) =>
    `【${v.sign}】Code ${v.code} for making this the contact number of the legal entity ${v.object}, valid for ${v.minutes} minutes. ${never}`,
  'entity-reset': (v) =>
    `【${v.sign}】Code ${v.code} for setting a new password of the legal entity ${v.object}, valid for ${v.minutes} minutes. If your organisation did not ask for it, give it to nobody. ${never}`,
  'alipay-link': (v) =>
    `【${v.sign}】Code ${v.code} for binding an Alipay to your ${v.object} account, valid for ${v.minutes} minutes. ${never}`,
  'alipay-bound': (v) =>
    `【${v.sign}】An Alipay was just bound to your ${v.object} account and can log in to it. ${stranger}`,
  'alipay-unbound': (v) =>
    `【${v.sign}】The Alipay of your ${v.object} account was just unbound and cannot log in to it any more. ${stranger}`,
  'representative-change': (v) =>
    `【${v.sign}】Code ${v.code} for changing the representative in the account of ${v.object}, valid for ${v.minutes} minutes. If you agree, give it to the person you charged with this and to nobody else; if not, to nobody. ${never}`,
  'contact-change': (v) =>
    `【${v.sign}】Code ${v.code} for changing the contact number of ${v.object}, valid for ${v.minutes} minutes. If you agree, give it to the person you charged with this and to nobody else; if not, to nobody. ${never}`,
  'password-set': (v) => `【${v.sign}】A new password was just set for your ${v.object} account. ${stranger}`,
  'user-name-set': (v) => `【${v.sign}】A user name was just set for your ${v.object} account. ${stranger}`,
  'phone-changed': (v) => `【${v.sign}】The number of your ${v.object} account was just changed. ${stranger}`,
  'phone-moving': (v) =>
    `【${v.sign}】Somebody asked to move your ${v.object} account to another number on ${v.date}. If it was not you, enter the stop code ${v.code} at "stop a change of number" on the home page, or log in and stop it there.`,
  'phone-moved': (v) =>
    `【${v.sign}】Your ${v.object} account now has a new number, and its old password no longer works. Log in with the new number and set a new password. If this was not you, call the hotline or go to a service hall.`,
  'phone-move-stopped': (v) =>
    `【${v.sign}】The request to change the number of a ${v.object} account was stopped; nothing was changed. If you do need the change, bring your ID card to a service hall.`,
  'phone-freed': (v) =>
    `【${v.sign}】This number no longer belongs to the earlier ${v.object} account. Its owner can restore it until ${v.date} by logging in with ID number and password.`,
  'new-device': (v) =>
    `【${v.sign}】Your ${v.object} account was just used to log in on a new device or at a new place. ${stranger}`,
  'data-exported': (v) => `【${v.sign}】The data of your ${v.object} account were just exported. ${stranger}`,
  'deregistration-asked': (v) =>
    `【${v.sign}】Your ${v.object} account is to be closed on ${v.date}. If you change your mind, or it was not you, log in before then and cancel.`,
  deregistered: (v) => `【${v.sign}】Your ${v.object} account is closed and its personal data destroyed.`,
  'register-differs': (v) =>
    `【${v.sign}】What the register says of ${v.object} differs from its account. Log in to the user centre soon to see and update it.`,
  'representative-left': (v) =>
    `【${v.sign}】According to the register you no longer represent ${v.object}: this number no longer counts for its account. The new representative takes over in the user centre; if the register is wrong, turn to the registration authority.`,
  'certificate-bind': (v) =>
    `【${v.sign}】Code ${v.code} for binding a digital certificate to the legal entity ${v.object}, valid for ${v.minutes} minutes. If you agree, give it to the person you charged with this and to nobody else; if not, to nobody. ${never}`,
  'certificate-unbind': (v) =>
    `【${v.sign}】Code ${v.code} for unbinding a digital certificate of the legal entity ${v.object}, valid for ${v.minutes} minutes. If you agree, give it to the person you charged with this and to nobody else; if not, to nobody. ${never}`,
  'certificate-bound': (v) =>
    `【${v.sign}】A digital certificate was just bound to the account of the legal entity ${v.object}; it can log in with it. ${theirs}`,
  'certificate-unbound': (v) =>
    `【${v.sign}】A digital certificate was just unbound from the account of the legal entity ${v.object}. ${theirs}`,
  'certificate-revoked': (v) =>
    `【${v.sign}】A digital certificate bound to the account of the legal entity ${v.object} has been revoked by its authority, and is unbound. Get a new one there if you need it, then log in and bind it.`,
  'entity-asked': (v) =>
    `【${v.sign}】Somebody asks to register ${v.object} as a legal entity and waits for you, its representative. Log in to the user centre before ${v.date} and answer at “Requests to confirm”; if you did not charge anybody with it, say no.`,
  'representative-asked': (v) =>
    `【${v.sign}】${v.object} asks to make you the representative of its account. Log in to the user centre before ${v.date} and answer at “Requests to confirm”; if you do not agree, say no.`,
  'contact-asked': (v) =>
    `【${v.sign}】${v.object} asks to change the contact number of its account and waits for you, its representative. Log in to the user centre before ${v.date} and answer at “Requests to confirm”; if you do not agree, say no.`,
  'role-granted': (v) =>
    `【${v.sign}】Your account was just given a role in the site console, for ${v.object}. If you do not know why, ask your organisation or call the hotline.`,
  'role-ended': (v) =>
    `【${v.sign}】Your account’s role in the site console, for ${v.object}, was taken back. If you do not know why, ask your organisation or call the hotline.`,
  'representative-changed': (v) =>
    `【${v.sign}】The account of ${v.object} has just got another legal representative. If your organisation did not do this, log in and change the password soon, or call the hotline.`,
  'contact-changed': (v) =>
    `【${v.sign}】The account of ${v.object} has just got another contact number. If your organisation did not do this, log in and change the password soon, or call the hotline.`,
};
