import type { KoaContextWithOIDC } from 'oidc-provider';

/** The languages a site asked for, in its address. */
export const localesOf = ({ query }: KoaContextWithOIDC): string | undefined =>
  typeof query['ui_locales'] === 'string' ? query['ui_locales'] : undefined;
