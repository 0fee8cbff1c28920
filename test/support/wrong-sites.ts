import type { STANDARD_MEMBERS } from '../../src/oidc/sites/ignored-members.js';

type Wrong = readonly [member: string, value: unknown, expected: string];

/** Members of a sites file that a rule of ours reads, each wrong by itself, and what its fault says. */
export const WRONG_MEMBERS: readonly Wrong[] = [
  ['client_id', 7, '1 to 64 characters'],
  ['client_id', undefined, '1 to 64 characters'],
  ['client_id', 'a b', '1 to 64 characters'],
  ['client_name', 7, '1 to 60 characters'],
  ['client_name#en', '', '1 to 60 characters'],
  ['client_uri', 'wuhan.example.cn', 'an absolute http(s) address expected'],
  ['initiate_login_uri', 7, 'an absolute http(s) address expected'],
  ['redirect_uris', 'https://a.example.cn/', 'a list of addresses expected'],
  ['redirect_uris', ['https://a.example.cn/', null], 'an absolute http(s) address expected, not null'],
  ['post_logout_redirect_uris', 'https://a.example.cn/', 'a list of addresses expected'],
  ['post_logout_redirect_uris', ['//a.example.cn/'], 'an absolute http(s) address expected'],
  ['backchannel_logout_uri', {}, 'an absolute http(s) address expected, not {}'],
  ['scope', ['openid'], 'a list of scopes separated by one space expected'],
  ['scope', 'openid  profile', 'a list of scopes separated by one space expected'],
  ['required_acr', 1, 'one of urn:tongxing:level:0'],
  ['account_kinds', [], 'at least one kind expected'],
  ['account_kinds', 'person', 'a list expected'],
  ['app_link', 'https://a.example.cn/t', 'only with the scope app'],
  ['require_pkce', 'false', 'true or false expected'],
  ['permission_required', 0, 'true or false expected'],
  ['rotate_refresh_token', 'yes', 'true or false expected'],
  ['require_pushed_authorization_requests', 1, 'true or false expected'],
  ['data_purpose', 'x'.repeat(201), '1 to 200 characters'],
  ['data_purpose#en', '  ', '1 to 200 characters'],
  ['subject_type', 'both', 'public or pairwise expected'],
  ['client_secret', 7, 'a text expected'],
  ['token_endpoint_auth_method', true, 'the name of a method expected'],
  ['sector_identifier_uri', 'group', 'an absolute http(s) address expected'],
  ['jwks_uri', 'file:///etc/passwd', 'an absolute http(s) address expected'],
  ['logo_uri', 'data:image/svg+xml,<svg onload=alert(1)>', 'an absolute http(s) address expected'],
  ['policy_uri', 'javascript:alert(1)', 'an absolute http(s) address expected'],
  ['tos_uri', '/terms', 'an absolute http(s) address expected'],
];

/** Members that the engine judges; one that it only keeps has no wrong value. */
export const WRONG_STANDARD: Record<(typeof STANDARD_MEMBERS)[number], readonly [value: unknown, expected: string]> = {
  application_type: ['phone', 'application_type must be'],
  backchannel_logout_session_required: ['yes', 'backchannel_logout_session_required must be a boolean'],
  contacts: ['somebody', 'contacts must be an array'],
  default_acr_values: [['urn:tongxing:level:9'], 'default_acr_values can only contain'],
  default_max_age: [-1, 'default_max_age must be a non-negative integer'],
  grant_types: [['implicit'], 'grant_types can only contain'],
  id_token_signed_response_alg: ['none', 'id_token_signed_response_alg must be'],
  jwks: [{ keys: {} }, 'client JSON Web Key Set is invalid'],
  require_auth_time: ['yes', 'require_auth_time must be a boolean'],
  response_modes: [['smoke'], 'response_modes can only contain'],
  response_types: [['token'], 'response_types can only contain'],
  token_endpoint_auth_signing_alg: ['HS1', 'token_endpoint_auth_signing_alg must'],
};

/** Addresses that no site may register, and what is expected instead. */
export const WRONG_ADDRESSES: readonly (readonly [address: string, expected: string])[] = [
  ['https://someone:secret@a.example.cn/callback', 'an address without user info'],
  ['https://a.example.cn@evil.example/callback', 'an address without user info'],
  ['https://a.example.cn/callback#top', 'an address without a fragment'],
  ['https://a.example.cn/callback#', 'an address without a fragment'],
  ['https://*.example.cn/callback', 'an address without a wildcard'],
  ['https://A.example.cn/callback', 'a host in lower case'],
  ['https://武汉.example.cn/callback', 'a host in its ASCII form (xn--…)'],
  ['https://а.example.cn/callback', 'a host in its ASCII form (xn--…)'],
  ['https://a.example.cn./callback', 'a host without a dot at its end'],
  ['https://a.example.cn:0/callback', 'a port from 1 to 65535'],
  ['https://a.example.cn:65536/callback', 'an absolute http(s) address'],
  ['https://2130706433/callback', 'a host as browsers write it'],
  ['https://0x7f.1/callback', 'a host as browsers write it'],
  ['https://a..example.cn/callback', 'a host as browsers write it'],
  ['https://a.example.cn\\@evil.example/', 'plain ASCII, the rest percent-encoded'],
  ['https://a.example.cn/a/../callback', 'a path without . and ..'],
  ['https://a.example.cn/%2e%2E/callback', 'a path without . and ..'],
  ['https://a.example.cn/回调', 'plain ASCII, the rest percent-encoded'],
  ['https://a.example.cn/call back', 'plain ASCII, the rest percent-encoded'],
  ['https://a.example.cn/\ncallback', 'plain ASCII, the rest percent-encoded'],
  [`https://a.example.cn/${'x'.repeat(2000)}`, 'at most 2000 characters'],
  [' https://a.example.cn/', 'an absolute http(s) address'],
  ['https:///callback', 'a host as browsers write it'],
  ['HTTPS://a.example.cn/', 'an absolute http(s) address'],
];

/** What is no name of a site: markup, marks of direction, what is not seen, what does not fit on a line. */
export const WRONG_NAMES: readonly string[] = [
  '武汉<script>alert(1)</script>',
  '武汉 <b>官方</b>',
  '武汉\u202Enc.elpmaxe',
  '武汉\u2066站点\u2069',
  '武汉\u200F',
  '武汉\u200B站点',
  '武汉\n站点',
  '武汉\u2028站点',
  '武汉\u0007',
  '',
  '\u3000',
  '长'.repeat(61),
];

export interface WrongEntry {
  member: string;
  expected: string;
  entry: Record<string, unknown>;
}

/** A whole file of them: in each entry one thing is wrong. */
export function wrongEntries(sound: Record<string, unknown>): WrongEntry[] {
  const all: Wrong[] = [
    ...WRONG_MEMBERS,
    ...Object.entries(WRONG_STANDARD).map(([member, [value, expected]]) => [member, value, expected] as const),
    ...WRONG_ADDRESSES.flatMap(([address, expected]) => [
      ['redirect_uris', [address], expected] as const,
      ['logo_uri', address, expected] as const,
    ]),
    ...WRONG_NAMES.map((name) => ['client_name', name, '1 to 60 characters of one line expected'] as const),
  ];
  return all.map(([member, value, expected], index) => ({
    member,
    expected,
    entry: { ...sound, client_id: `site-${index}`, [member]: value },
  }));
}
