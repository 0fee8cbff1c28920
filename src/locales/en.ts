import { app } from './en/app.js';
import { appRefusals } from './en/app-refusals.js';
import { assistant, assistantRefusals } from './en/assistant.js';
import { alipay } from './en/alipay.js';
import { alipayRefusals } from './en/alipay-refusals.js';
import { certificateForm } from './en/certificate-form.js';
import { certificateBindingRefusals } from './en/certificate-binding-refusals.js';
import { certificateLogin } from './en/certificate-login.js';
import { certificateRefusals } from './en/certificate-refusals.js';
import { certificates } from './en/certificates.js';
import { certificateStep } from './en/certificate-step.js';
import { console } from './en/console.js';
import { consoleRefusals } from './en/console-refusals.js';
import { consoleDeliveries } from './en/console-deliveries.js';
import { consoleFaults } from './en/console-faults.js';
import { faultCauses } from './en/fault-causes.js';
import { tokenFaultCauses } from './en/token-fault-causes.js';
import { entityRefusals } from './en/entity-refusals.js';
import { accountRegister } from './en/account-register.js';
import { entityResetRefusals } from './en/entity-reset-refusals.js';
import { entityReset } from './en/entity-reset.js';
import { entityStandingRefusals } from './en/entity-standing.js';
import { deliveryReasons } from './en/delivery-reasons.js';
import { consoleChanges } from './en/console-changes.js';
import { entityRegistration } from './en/entity-registration.js';
import { entityRequestRefusals } from './en/entity-request-refusals.js';
import { entityRequests } from './en/entity-requests.js';
import { home } from './en/home.js';
import { level } from './en/level.js';
import { login } from './en/login.js';
import { lostNumber } from './en/lost-number.js';
import { myData } from './en/my-data.js';
import { numberHandover, numberHolder, numberRestore } from './en/number-holder.js';
import { oidc } from './en/oidc.js';
import { passwordChange } from './en/password-change.js';
import { passwordReset } from './en/password-reset.js';
import { permission } from './en/permission.js';
import { phoneChange } from './en/phone-change.js';
import { proof } from './en/proof.js';
import { portal } from './en/portal.js';
import { qrLogin } from './en/qr-login.js';
import { refusals } from './en/refusals.js';
import { registration } from './en/registration.js';
import { contact, representative, representativeRefusals } from './en/representative.js';
import { sandbox } from './en/sandbox.js';
import { sandboxAlipay } from './en/sandbox-alipay.js';
import { siteRefusals } from './en/site-refusals.js';
import { sms } from './en/sms.js';
import { userCentre } from './en/user-centre.js';
import { userName } from './en/user-name.js';
import { verification } from './en/verification.js';
import { web } from './en/web.js';
import type { zh } from './zh.js';

export const en: typeof zh = {
  app,
  assistant,
  alipay,
  certificateForm,
  certificates,
  certificateLogin,
  certificateStep,
  console,
  accountRegister,
  consoleFaults,
  consoleDeliveries,
  deliveryReasons,
  consoleChanges,
  contact,
  entityRegistration,
  entityRequests,
  entityReset,
  faultCauses: { ...faultCauses, ...tokenFaultCauses },
  home,
  level,
  login,
  lostNumber,
  myData,
  numberHandover,
  numberHolder,
  numberRestore,
  oidc,
  passwordChange,
  passwordReset,
  permission,
  portal,
  phoneChange,
  proof,
  qrLogin,
  refusals: {
    ...refusals,
    ...appRefusals,
    ...alipayRefusals,
    ...certificateBindingRefusals,
    ...assistantRefusals,
    ...certificateRefusals,
    ...consoleRefusals,
    ...entityRefusals,
    ...entityResetRefusals,
    ...entityStandingRefusals,
    ...entityRequestRefusals,
    ...representativeRefusals,
    ...siteRefusals,
  },
  registration,
  representative,
  sandbox,
  sandboxAlipay,
  sms,
  userCentre,
  userName,
  verification,
  web,
};
