import type { refusals as zh } from '../zh/refusals.js';

export const refusals: Record<keyof typeof zh, string> = {
  'phone.missing': 'Enter your mobile number.',
  'phone.malformed': 'A mobile number has 11 digits and begins with 1. Check it and enter it again.',
  'phone.landline': 'This is a landline number, which cannot receive a code. Enter an 11-digit mobile number.',
  'phone.foreign': 'Only mobile numbers of mainland China can be used for now. Enter an 11-digit mobile number.',
  'phone.taken': 'There is an account with this mobile number already. Log in instead.',
  'phone.taken-elsewhere':
    'This number belongs to another account. Use another number, or change the number of that account first.',
  'phone.same': 'This is the present number. Enter the new one.',
  'name.missing': 'Enter your name.',
  'name.malformed': 'A name consists of Chinese characters or letters, at least two. Write it as on your ID card.',
  'name.too-long': 'The name is too long: 50 characters at most. Write it as on your ID card.',
  'id-number.missing': 'Enter your resident ID number.',
  'id-number.malformed': 'A resident ID number has 18 characters; the last may be X. Check it and enter it again.',
  'id-number.checksum': 'One character of the ID number is wrong. Compare it with your ID card.',
  'id-number.date':
    'The date of birth in the ID number does not exist or lies in the future. Compare it with your ID card.',
  'id-number.fifteen-digits': 'Old 15-digit ID numbers are no longer in use. Enter the 18-character number.',
  'user-name.missing': 'Enter a user name.',
  'user-name.malformed': 'A user name has 4 to 20 letters and digits and begins with a letter. Change it a little.',
  'user-name.foreign-letters':
    'A user name has English letters and digits only. There are other characters here, such as Chinese ones, emoji or letters of another script that look alike. Replace them.',
  'user-name.like-code': 'This user name looks like a unified social credit code. Choose another one.',
  'user-name.reserved': 'This user name could be taken for an authority or its staff. Choose another one.',
  'user-name.taken': 'Somebody has this user name, or one that looks very much like it. Choose another one.',
  'user-name.same': 'This is the present user name. Enter the new one.',
  'user-name.changed-lately':
    'A user name can be changed once in 30 days. Try again in {days} days; until then you can log in by both.',
  'identifier.missing': 'Enter your account.',
  'password.missing': 'Enter a password.',
  'password.short': 'The password is too short: at least 8 characters.',
  'password.long': 'The password is too long: 128 characters at most.',
  'password.one-kind': 'Use at least two of digits, letters and symbols.',
  'password.equals-number': 'The password must differ from your mobile number. Choose another one.',
  'password.common': 'This password is very common and easy to guess. Choose another one.',
  'agreement.not-accepted': 'Read the registration agreement and tick that you accept it.',
  'agreement.outdated': 'The registration agreement has just changed. Read the new text below, then tick the box.',
  'captcha.missing': 'Enter the characters in the picture.',
  'captcha.wrong': 'The characters do not match the picture. Use the new picture; upper and lower case do not matter.',
  'captcha.expired': 'The picture has expired or was used before. Use the new picture.',
  'sms-code.missing': 'Enter the code from the text message.',
  'sms-code.none': 'No code has been sent to this number yet. Press “Get code” first.',
  'sms-code.wrong': 'The code is wrong. {left} more tries.',
  'sms-code.expired': 'The code has expired. Press “Send again” and use the 6 digits of the newest message.',
  'sms-code.used': 'This code was used before. Press “Send again” and use the 6 digits of the newest message.',
  'sms-code.too-many-tries':
    'Too many wrong tries; this code is void. Press “Send again” and use the 6 digits of the newest message.',
  'sms-code.other-number': 'The code was sent to another number. If you changed the number, get a new code.',
  'sms-code.day-cap': 'Too many wrong codes for this number today. Try again tomorrow.',
  'sms.too-soon': 'A message was sent just now. Wait {seconds} seconds, then press “Send again”.',
  'sms.hour-cap-number':
    'This number has received as many messages as it may in this hour. Please try again in {minutes} minutes.',
  'sms.day-cap-number': 'No more messages can be sent to this number today. Try again tomorrow.',
  'sms.day-cap-address':
    'Too many codes were requested from your network today. Try again tomorrow or use another network.',
  'sms.day-cap-device': 'Too many codes were requested from this browser today. Try again tomorrow.',
  'sms.day-cap-service': 'Too many people are requesting codes right now. Try again in {minutes} minutes.',
  'sms.unavailable':
    'Text messages cannot be sent at the moment. Try again in a few minutes; nothing you entered is lost.',
  'sms.unclear':
    'The message may have been sent. If it arrives, enter the code; if not, press “Send again” after {seconds} seconds.',
  'login.failed':
    'The account or the password is wrong. If you have never set a password, press “Forgotten password” to set one.',
  'login.wait': 'Too many wrong tries. Try again in {minutes} minutes, or press “Forgotten password”.',
  'login.no-account': 'There is no account with this number yet. Register first.',
  'login.holder-due': 'The account of this number has not been used for long. Please confirm first that it is yours.',
  'login.disabled': 'This account is disabled and cannot log in. Call {hotline} or go to a service hall.',
  'login.password-due': 'The number of this account has changed. Set a new password first.',
  'proof.password-wrong': 'The password is wrong. Enter it again, or use name and ID number instead.',
  'raise.password-wrong': 'That password is not right. Enter it again, or verify with Alipay.',
  'proof.identity-wrong': 'This is not what was verified. Check it against the ID card; {left} tries left today.',
  'proof.identity-closed': 'No tries left today. Try again tomorrow, call {hotline}, or go to a service hall.',
  'proof.closed':
    'To protect your account this is closed after a reset or a change of number. Try again in {hours} hours.',
  'number.restore-over': 'The time for restoring is over; this number cannot be restored. Use another number.',
  'number.restore-taken':
    'This number belongs to another verified account now and cannot be restored. Use another number, or go to a service hall.',
  'last-six.malformed': 'Enter the last 6 characters of the ID number; the last may be X.',
  'lost-number.not-matched':
    'This does not match an account. Check name, ID number and password; {left} tries are left today. An account without real-name verification cannot be changed here.',
  'lost-number.closed':
    'No tries are left today. Try again tomorrow, or bring your ID card to a service hall, or call {hotline}.',
  'lost-number.phone-in-use':
    'This number belongs to an account. If the account is yours, log in with it or set a new password; if somebody registered it before you had the number, log in by SMS code first and free it as the page says.',
  'lost-number.resting':
    'A change of number was stopped lately, or somebody else has asked for one; another cannot be asked for now. Use the password as proof, or bring your ID card to a service hall.',
  'recovery-code.missing': 'Enter the one-time code from the service hall.',
  'recovery-code.malformed':
    'The one-time code has 10 letters and digits. Compare it with what the service hall gave you.',
  'recovery-code.wrong':
    'The one-time code is wrong, used or expired, or does not belong to this name and ID number. Check it, or ask the service hall for another one.',
  'stop-code.missing': 'Enter the stop code from the message.',
  'stop-code.malformed': 'The stop code has 10 letters and digits. Compare it with the message.',
  'stop-code.unknown':
    'There is no such stop code, or the change has been made or stopped already. Compare it with the message; if you fear for your account call {hotline}.',
  'verification.mismatch':
    'Name and ID number do not belong together. Compare them with your ID card; {left} more tries today.',
  'verification.not-found':
    'This ID number was not found. Check it; {left} more tries today. If it is right, call {hotline} or visit a service hall.',
  'verification.unavailable':
    'The identity register does not answer at the moment. Your account is unchanged; try again in a few minutes.',
  'verification.id-taken':
    'Name and ID number match, but the number is in use by another account. Log in with that account; if it is not yours, call {hotline} or visit a service hall.',
  'verification.closed-till-tomorrow':
    "Today's tries are used up. Try again tomorrow; if it is urgent, visit a service hall or call {hotline}.",
  'verification.under-fourteen':
    'Children under 14 need the consent of a guardian. The guardian should bring the household register and the identity documents of both to a service hall, together with the child, or call {hotline}.',
  'verification.in-progress': 'This account is being verified right now. Try again in a few seconds.',
  'verification.service-cap':
    'Too many people are being verified right now. Try again in {minutes} minutes; nothing you entered is lost.',
  'verification.already-verified': 'You are verified already; the data cannot be changed.',
  'account.ended':
    'This account is disabled or closed; nothing can be done with it. Call the government service hotline if you need help.',
  'export.day-cap': 'No more exports today. Try again in {minutes} minutes.',
  'deregister.day-cap': 'This account has asked to be closed too often today. Try again in {minutes} minutes.',
  'deregister.number-moving':
    'Somebody asked to move this account to another number. Stop that change, or wait until it has taken effect, before closing the account.',
  'limit.wait': 'Too many requests. Try again in {minutes} minutes.',
  'session.unknown': 'There is no such login, or it has ended already. Below is how things stand now.',
  'permission.unknown':
    'You have given this site no permission, or it has been taken back already. Below is how things stand now.',
  'form.unknown-field': 'The form holds something unknown. Fill it in again on the page.',
  'form.array': 'One field of the form was sent several times. Fill it in again on the page.',
  'form.control-characters':
    'There were invisible special characters here; they are taken out. Check it and send it once more.',
  'form.too-long': 'This is too long. Shorten it and try again.',
  'field.missing': 'Fill in “{label}”.',
  'form.token':
    'This page was open for too long or belongs to another window; what you entered was not sent. Go back to it, fill it in again and send it once more.',
  'form.foreign-origin': 'This request came from another website and was not carried out. Use the pages of this site.',
  'form.too-large': 'What you sent is too large. Shorten it and try again.',
  'form.wrong-type': 'The format is wrong. Use the pages of this site.',
  'page.not-found': 'There is no such page. Check the address or begin at the front page.',
  'request.malformed': 'The request is malformed. Use the pages of this site.',
};
