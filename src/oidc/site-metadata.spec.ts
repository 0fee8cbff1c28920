import { faultsOf, siteOf } from './site-metadata.js';

const SECRET = 'a-secret-of-the-tests-a-secret-of-the-tests-0';
const sound = {
  client_id: 'wuhan',
  client_name: '武汉站点',
  client_secret: SECRET,
  redirect_uris: ['https://wuhan.example.cn/callback'],
};

describe('an entry of the sites file', () => {
  it('is sound as the documentation has it', () => {
    expect(faultsOf(sound, true)).toEqual([]);
  });

  it.each([
    [undefined, 'an object of client metadata expected'],
    [[], 'an object of client metadata expected'],
    [{ ...sound, client_id: '武汉' }, 'client_id: 1 to 64 characters of A-Z a-z 0-9 . _ ~ - expected'],
    [{ ...sound, client_name: undefined }, 'client_name: the name of the site expected'],
    [{ ...sound, redirect_uris: [] }, 'redirect_uris: at least one address expected'],
    [{ ...sound, redirect_uris: ['javascript:alert(1)'] }, 'redirect_uris: absolute http(s) addresses expected'],
    [{ ...sound, scope: 'openid email' }, 'scope: a list of scopes separated by one space expected, of:'],
    [{ ...sound, required_acr: 'urn:tongxing:level:9' }, 'required_acr: one of urn:tongxing:level:0,'],
    [{ ...sound, account_kinds: ['robot'] }, 'account_kinds: a list of person, entity expected'],
    [{ ...sound, require_pkce: 'no' }, 'require_pkce: true or false expected'],
    [{ ...sound, subject_type: 'secret' }, 'subject_type: public or pairwise expected'],
  ])('%j is told by field and by what was expected', (entry, fault) => {
    expect(faultsOf(entry, false).join('\n')).toContain(fault);
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
