import type { siteRefusals as zh } from '../zh/site-refusals.js';

export const siteRefusals: typeof zh = {
  'site.address-absolute': 'This is not a complete address. Enter one that begins with {https}.',
  'site.address-user-info': 'The address has a user name or password in it. Take away the @ and what stands before it.',
  'site.address-fragment': 'The address has a number sign (#) in it. Take it away, and what follows it.',
  'site.address-wildcard': 'The host of an address cannot have an asterisk (*). Write out each address.',
  'site.address-ascii': 'A host in Chinese is written in its form that begins with {punycode}. Enter that form.',
  'site.address-lower-case': 'The host of an address is in lower case. Change it to lower case.',
  'site.address-trailing-dot': 'The host of the address ends with a dot. Take it away.',
  'site.address-port': 'The port of the address is wrong. Enter 1 to 65535, or no port.',
  'site.address-host': 'The host is not written as browsers write it. Copy it from a browser’s address bar.',
  'site.address-dots': 'The path of an address cannot have parts of one or two dots. Write out the real path.',
  'site.address-plain': 'The address has spaces, Chinese or special characters. Write them percent-encoded.',
  'site.address-long': 'The address is too long, {longest} characters at most. Shorten it.',
  'site.address-never-called':
    'This address is an internal one, which the service does not call. Enter a public address of the site.',
  'site.address-https': 'In production only encrypted addresses are accepted. Let it begin with {https}.',
  'site.addresses-none': 'There is no address yet. Enter at least one, each on a line of its own.',
  'site.text':
    'One line of 1 to {longest} characters is expected, without markup, control characters and invisible marks of direction. Change it.',
  'site.choice': 'There is no such choice. Choose one from the page.',
  'site.metadata': 'The registration cannot be combined so ({said}). Change it, or ask the operator.',
  'site.overlap': 'A whole number of hours from 0 to {longest} is expected. Enter it again.',
  'site.no-secret': 'This site has no secret. Change its keys in the way it is registered for.',
  'site.open': 'This site is not disabled. Reload the page to see how it stands.',
  'site-change.overtaken':
    'Somebody else changed this site after you opened the page. See below what they changed, check what you entered and save again.',
  'site-change.overtaken-here':
    'Somebody else has just changed this too; now it is: {now}. Check it and decide which one stays.',
  'site-change.nothing': 'Nothing was changed. Change something, then save.',
  'site-change.waiting':
    'A change of this site is waiting for an operator already. Wait for the answer or withdraw it, then ask for another.',
  'site-change.decided': 'This change has been decided already. See the outcome below.',
  'site-change.own': 'You asked for this change yourself, so you cannot decide it. Ask another operator.',
  'site-change.outdated':
    'Somebody has changed part of this since it was asked for ({fields}), so it cannot be approved any more. Refuse it, so that the developer asks again from what stands now.',
  'site-change.faulty':
    'By the rules as they are now the registration could not be used after this change ({fields}). Refuse it, so that the developer corrects it.',
  'site-change.sector':
    'Another host in the first redirect address would change the subject of every user of this site. Keep the first address, or ask the operator to register a shared sector.',
  'site-change.reason-missing': 'Enter a reason, so that the developer knows what to change.',
  'site-change.reason':
    'One line of at most {longest} characters is expected, without markup, control characters and invisible marks of direction. Change it.',
};
