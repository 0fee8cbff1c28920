import { app } from './zh/app.js';
import { appRefusals } from './zh/app-refusals.js';
import { assistant, assistantRefusals } from './zh/assistant.js';
import { alipay } from './zh/alipay.js';
import { alipayRefusals } from './zh/alipay-refusals.js';
import { certificateForm } from './zh/certificate-form.js';
import { certificateBindingRefusals } from './zh/certificate-binding-refusals.js';
import { certificateLogin } from './zh/certificate-login.js';
import { certificateRefusals } from './zh/certificate-refusals.js';
import { certificates } from './zh/certificates.js';
import { certificateStep } from './zh/certificate-step.js';
import { console } from './zh/console.js';
import { consoleRefusals } from './zh/console-refusals.js';
import { consoleDeliveries } from './zh/console-deliveries.js';
import { consoleFaults } from './zh/console-faults.js';
import { faultCauses } from './zh/fault-causes.js';
import { tokenFaultCauses } from './zh/token-fault-causes.js';
import { entityRefusals } from './zh/entity-refusals.js';
import { accountRegister } from './zh/account-register.js';
import { entityResetRefusals } from './zh/entity-reset-refusals.js';
import { entityReset } from './zh/entity-reset.js';
import { entityStandingRefusals } from './zh/entity-standing.js';
import { deliveryReasons } from './zh/delivery-reasons.js';
import { consoleChanges } from './zh/console-changes.js';
import { entityRegistration } from './zh/entity-registration.js';
import { entityRequestRefusals } from './zh/entity-request-refusals.js';
import { entityRequests } from './zh/entity-requests.js';
import { home } from './zh/home.js';
import { level } from './zh/level.js';
import { login } from './zh/login.js';
import { lostNumber } from './zh/lost-number.js';
import { myData } from './zh/my-data.js';
import { numberHandover, numberHolder, numberRestore } from './zh/number-holder.js';
import { oidc } from './zh/oidc.js';
import { passwordChange } from './zh/password-change.js';
import { passwordReset } from './zh/password-reset.js';
import { permission } from './zh/permission.js';
import { phoneChange } from './zh/phone-change.js';
import { proof } from './zh/proof.js';
import { portal } from './zh/portal.js';
import { qrLogin } from './zh/qr-login.js';
import { refusals } from './zh/refusals.js';
import { registration } from './zh/registration.js';
import { contact, representative, representativeRefusals } from './zh/representative.js';
import { sandbox } from './zh/sandbox.js';
import { sandboxAlipay } from './zh/sandbox-alipay.js';
import { siteRefusals } from './zh/site-refusals.js';
import { sms } from './zh/sms.js';
import { userCentre } from './zh/user-centre.js';
import { userName } from './zh/user-name.js';
import { verification } from './zh/verification.js';
import { web } from './zh/web.js';

/** The source of all texts and refusal codes; `en.ts` has the same shape, or it does not compile. */
export const zh = {
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
