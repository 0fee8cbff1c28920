/** The endpoints whose failures are kept, by the engine's name of the route. */
export const ENDPOINT_OF = {
  authorization: 'authorization',
  resume: 'authorization',
  pushed_authorization_request: 'par',
  token: 'token',
  userinfo: 'userinfo',
  introspection: 'introspection',
  revocation: 'revocation',
  end_session: 'logout',
} as const;

export type Endpoint = (typeof ENDPOINT_OF)[keyof typeof ENDPOINT_OF];

/** Where each is found, as a developer knows it. */
export const ENDPOINTS: Record<Endpoint, string> = {
  authorization: '/oidc/auth',
  par: '/oidc/par',
  token: '/oidc/token',
  userinfo: '/oidc/userinfo',
  introspection: '/oidc/introspect',
  revocation: '/oidc/revoke',
  logout: '/oidc/logout',
};
