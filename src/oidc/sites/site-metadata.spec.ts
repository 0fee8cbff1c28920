import { WRONG_ADDRESSES, WRONG_MEMBERS, WRONG_NAMES, WRONG_STANDARD } from '../../../test/support/wrong-sites.js';
import { ClientJudge } from './client-rules.js';
import { STANDARD_MEMBERS, ignoredMembers } from './ignored-members.js';
import { SITE_MEMBERS } from './site-entry.js';
import { faultsOf, refusalsOf } from './site-faults.js';
import { FORM_MEMBERS } from './site-members.js';
import { siteOf } from './site-metadata.js';
import { entryFaults } from './sites-file.js';

const SECRET = 'a-secret-of-the-tests-a-secret-of-the-tests-0';
const sound = {
  client_id: 'wuhan',
  client_name: '武汉站点',
  client_secret: SECRET,
  redirect_uris: ['https://wuhan.example.cn/callback'],
};

const judge = new ClientJudge();

describe('an entry of the sites file', () => {
  it('is sound as the documentation has it', () => {
    expect(faultsOf(sound, true)).toEqual([]);
  });

  it.each([
    [undefined, 'an object of client metadata expected'],
    [[], 'an object of client metadata expected'],
    [{ ...sound, client_id: '武汉' }, 'client_id: 1 to 64 characters of A-Z a-z 0-9 . _ ~ - expected'],
    [{ ...sound, client_name: undefined }, 'client_name: 1 to 60 characters of one line expected'],
    [{ ...sound, redirect_uris: [] }, 'redirect_uris: at least one address expected'],
    [
      { ...sound, redirect_uris: ['javascript:alert(1)'] },
      'redirect_uris: an absolute http(s) address expected, not "javascript:alert(1)"',
    ],
    [{ ...sound, scope: 'openid email' }, 'scope: a list of scopes separated by one space expected, of:'],
    [{ ...sound, required_acr: 'urn:tongxing:level:9' }, 'required_acr: one of urn:tongxing:level:0,'],
    [{ ...sound, account_kinds: ['robot'] }, 'account_kinds: a list of person, entity expected'],
    [{ ...sound, require_pkce: 'no' }, 'require_pkce: true or false expected'],
    [{ ...sound, subject_type: 'secret' }, 'subject_type: public or pairwise expected'],
  ])('%j is told by field and by what was expected', (entry, fault) => {
    expect(faultsOf(entry, false).join('\n')).toContain(fault);
  });

  it.each(WRONG_MEMBERS)(
    'with a wrong %s (%j) is told that field alone, and what was expected',
    (field, wrong, expected) => {
      const faults = faultsOf({ ...sound, [field]: wrong }, false);
      expect(faults).toHaveLength(1);
      expect(faults[0]?.startsWith(`${field}: `)).toBe(true);
      expect(faults[0]).toContain(expected);
      // What concerns two members together is said at the top of a form.
      const refused = refusalsOf({ ...sound, [field]: wrong }, false).map((one) => one.field);
      expect(refused).toEqual(field === 'app_link' ? [] : [field]);
    },
  );

  it('is tried with each member wrong that a rule reads; the form has no others', () => {
    expect([...new Set(WRONG_MEMBERS.map(([member]) => member))].toSorted()).toEqual(SITE_MEMBERS.toSorted());
    expect(SITE_MEMBERS).toEqual(expect.arrayContaining([...FORM_MEMBERS]));
  });

  it.each(STANDARD_MEMBERS)('with a wrong %s is told so by the engine', (member) => {
    const [wrong, expected] = WRONG_STANDARD[member];
    expect([judge.knows(member), SITE_MEMBERS.includes(member)]).toEqual([true, false]);
    expect(entryFaults({ ...sound, [member]: wrong }, true, judge)).toEqual([expect.stringContaining(expected)]);
  });

  it.each([
    ['redirect_urls', '; did you mean redirect_uris?'],
    ['redirectUris', '; did you mean redirect_uris?'],
    ['redirect_uri', '; did you mean redirect_uris?'],
    ['require_acr', '; did you mean required_acr?'],
    ['client_name_en', '; did you mean client_name#en?'],
    ['Scope', '; did you mean scope?'],
    ['back_channel_logout_url', '; did you mean backchannel_logout_uri?'],
    ['grant_type', '; did you mean grant_types?'],
    ['software_id', ''],
    ['constructor', ''],
    ['__proto__', ''],
    ['', ''],
  ])('may have a member %j, which is named, ignored, and compared with those that there are', (member, meant) => {
    const entry = JSON.parse(`{${JSON.stringify(member)}: "x"}`) as object;
    const told = [`entry 1, ${member === '' ? '""' : member}: not known, so it is ignored${meant}`];
    expect(ignoredMembers([sound, entry], judge)).toEqual(told);
    expect(faultsOf({ ...sound, [member]: 'x' }, true)).toEqual([]);
  });

  it('has nothing ignored that a rule or the engine reads, nor is what is no entry looked into', () => {
    const all = Object.fromEntries([...SITE_MEMBERS, ...STANDARD_MEMBERS].map((member) => [member, 'x']));
    expect(ignoredMembers([all, sound, null, 'text', ['list']], judge)).toEqual([]);
    const [told] = ignoredMembers([{ '武\u202e\n': 1 }], judge);
    expect(told).toBe('entry 0, "\\u{6b66}\\u{202e}\\n": not known, so it is ignored');
  });

  it('asks for https in production alone, on a form as in a file', () => {
    const plain = { ...sound, redirect_uris: ['http://a.cn/'], post_logout_redirect_uris: ['http://a.cn/'] };
    expect(refusalsOf(plain, false)).toEqual([]);
    expect(refusalsOf(plain, true).map(({ code, field }) => [code, field])).toEqual([
      ['site.address-https', 'redirect_uris'],
      ['site.address-https', 'post_logout_redirect_uris'],
    ]);
  });

  it.each(WRONG_ADDRESSES)('refuses the address %j wherever one stands: %s', (address, expected) => {
    const told = expect.stringContaining(`${expected} expected, not `) as string;
    expect(faultsOf({ ...sound, redirect_uris: [sound.redirect_uris[0], address] }, false)).toEqual([told]);
    expect(faultsOf({ ...sound, post_logout_redirect_uris: [address] }, false)).toEqual([told]);
    for (const field of ['client_uri', 'initiate_login_uri', 'backchannel_logout_uri', 'logo_uri']) {
      expect(faultsOf({ ...sound, [field]: address }, false)).toEqual([told]);
    }
  });

  it.each([
    'http://localhost:3001/callback',
    'http://127.0.0.1:8080/callback',
    'http://[::1]:8080/callback',
    'https://a.example.cn',
    'https://a.example.cn:8443/callback?from=tongxing&x=%E5%9B%9E',
    'https://xn--dkrz97j.example.cn/login/oauth2/code/tongxing',
    'http://portal_1:8080/callback.php',
  ])('takes the address %s', (address) => {
    const given = { redirect_uris: [address], post_logout_redirect_uris: [address], backchannel_logout_uri: address };
    expect(faultsOf({ ...sound, ...given }, false)).toEqual([]);
  });

  it.each([
    'http://169.254.169.254/latest/meta-data/',
    'http://100.100.100.200/latest/meta-data/',
    'http://[fd00:ec2::254]/latest/',
    'http://[::ffff:169.254.169.254]/',
    'http://[fe80::1]/',
  ])('is told that %s is never called, for a logout or for keys', (address) => {
    const fault = expect.stringMatching(/: an address |: a host as browsers/) as string;
    expect(faultsOf({ ...sound, backchannel_logout_uri: address }, false)).toEqual([fault]);
    expect(faultsOf({ ...sound, jwks_uri: address }, false)).toEqual([fault]);
  });

  it.each(WRONG_NAMES)('refuses %j as a name, and its like as a purpose', (name) => {
    const told = (field: string) => [expect.stringContaining(`${field}: 1 to `) as string];
    expect(faultsOf({ ...sound, client_name: name }, false)).toEqual(told('client_name'));
    expect(faultsOf({ ...sound, 'client_name#en': name }, false)).toEqual(told('client_name#en'));
    const purpose = name.repeat(4);
    expect(faultsOf({ ...sound, data_purpose: purpose }, false)).toEqual(told('data_purpose'));
  });

  it('is told every fault at once, those of production among them', () => {
    const faults = faultsOf(
      { ...sound, client_name: '', client_secret: 'short', redirect_uris: ['http://a.example.cn/'], require_pkce: 1 },
      true,
    ).map((fault) => fault.split(':')[0]);
    expect(faults.toSorted()).toEqual(['client_name', 'client_secret', 'redirect_uris', 'require_pkce']);
  });

  it('of a public client keeps what it has: PKCE and rotation', () => {
    const spa = { ...sound, client_secret: undefined, token_endpoint_auth_method: 'none' };
    expect(faultsOf(spa, false)).toEqual([]);
    expect(faultsOf({ ...spa, require_pkce: false, rotate_refresh_token: false }, false)).toEqual([
      'require_pkce: a public client cannot do without',
      'rotate_refresh_token: a public client cannot do without',
    ]);
    expect(siteOf(spa)).toMatchObject({ requirePkce: true, rotateRefreshToken: true });
    expect(siteOf(sound)).toMatchObject({ requirePkce: true, rotateRefreshToken: false });
  });

  it.each([
    [{ redirect_uris: ['http://wuhan.example.cn/callback'] }, 'redirect_uris: an https address expected in production'],
    [{ post_logout_redirect_uris: ['http://a.example'] }, 'post_logout_redirect_uris: an https address'],
    [{ backchannel_logout_uri: 'http://a.example' }, 'backchannel_logout_uri: an https address'],
    [{ initiate_login_uri: 'http://a.example' }, 'initiate_login_uri: an https address'],
    [{ client_uri: 'http://a.example' }, 'client_uri: an https address'],
    [{ client_secret: 'short' }, 'client_secret: at least 256 bits of randomness expected'],
    [{ client_id: 'demo-wuhan' }, 'client_id: names beginning with demo- exist in demonstrations only'],
  ])('in production %j is a fault', (change, fault) => {
    expect(faultsOf({ ...sound, ...change }, true).join()).toContain(fault);
    expect(faultsOf({ ...sound, ...change }, false)).toEqual([]);
  });

  it('without a scope may ask for openid alone, and never for less', () => {
    expect(siteOf(sound).scopes).toEqual(['openid']);
    expect(siteOf({ ...sound, scope: 'profile' }).scopes).toEqual(['openid', 'profile']);
  });

  it('keeps our own members from the engine, and asks that logout tokens carry the session', () => {
    const ours = { initiate_login_uri: 'http://a.example', required_acr: 'urn:tongxing:level:1', data_purpose: '办事' };
    const { engine } = siteOf({ ...sound, ...ours, backchannel_logout_uri: 'https://wuhan.example.cn/out' });
    for (const member of Object.keys(ours)) expect(engine).not.toHaveProperty(member);
    expect(engine).toMatchObject({ backchannel_logout_session_required: true, scope: 'openid' });
  });
});
