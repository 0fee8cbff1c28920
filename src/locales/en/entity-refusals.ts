import type { entityRefusals as zh } from '../zh/entity-refusals.js';

export const entityRefusals: typeof zh = {
  'entity-type.missing': 'Choose the type of organisation.',
  'entity-type.unsuited':
    'The type does not suit the unified social credit code. Compare both with the licence or certificate of registration.',
  'register.not-found':
    'The register does not know this unified social credit code. Compare it with the licence; {left} more tries today. If the organisation was registered lately, come back in a few days, or call {hotline}.',
  'register.name-differs':
    'The name differs from the registered one. Enter the full name as on the licence or certificate; {left} more tries today.',
  'register.representative-differs':
    "The legal representative's name or ID number differs from the registered one. Check both; {left} more tries today. After a change, wait until the register is updated.",
  'register.cancelled':
    'This organisation has been struck off the register and cannot have an account. Ask the registering department, or call {hotline}.',
  'register.revoked':
    'The licence of this organisation has been revoked, so it cannot have an account. See the registering department first.',
  'register.unavailable':
    'The register does not answer at the moment. What you entered is kept; please try again in a few minutes.',
  'register.closed-till-tomorrow':
    "Today's tries are used up. Try again tomorrow; if it is urgent, bring the licence to a service hall or call {hotline}.",
  'representative.unregistered':
    'The legal representative has no verified personal account yet. The representative registers and is verified first; then come back here. What you entered is kept.',
  'representative.away':
    "The representative's personal account has no mobile number, or has not been used for long. The representative logs in there first and checks the number; then come back here.",
  'representative.closed':
    "The number or password of the representative's personal account was changed lately. To protect the organisation, the representative can confirm in {hours} hours.",
  'representative-name.missing': 'Enter the name of the legal representative.',
  'representative-id-number.missing': 'Enter the resident ID number of the legal representative.',
  'manager-name.missing': 'Enter the name of the person in charge.',
  'manager-id-number.missing': 'Enter the resident ID number of the person in charge.',
  'entity.agreement-outdated':
    'The registration agreement has just changed. Choose “Correct the details”, read the new text, tick the box and go on.',
  'entity.taken':
    'This organisation has an account already. Log in with the unified social credit code and password. If it was not you who registered it, call the government service hotline or bring the licence to a service hall.',
  'credit-code.missing': 'Enter the unified social credit code.',
  'credit-code.malformed':
    'A unified social credit code has 18 digits and capital letters, none of them I, O, S, V or Z. Compare it with the business licence.',
  'credit-code.checksum':
    'One character of the unified social credit code is wrong. Compare it with the business licence, one by one.',
  'credit-code.fifteen-digits':
    'This is an old registration number of 15 digits, which is no longer used. Have the licence reissued with the 18-character unified social credit code first, then register.',
  'entity-name.missing': 'Enter the name of the organisation.',
  'entity-name.malformed':
    'The name of an organisation has letters, digits, brackets and the like only. Enter it as on the licence or certificate of registration.',
  'entity-name.too-long':
    'The name is too long: 100 characters at most. Enter it as on the licence or certificate of registration.',
};
