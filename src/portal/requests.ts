/** Where "apply online" is. */
export const APPLY_PATH = '/apply';
/** A matter for legal entities that sign by their certificate. */
export const REPORT_PATH = '/annual-report';

export const LEVEL = 'urn:tongxing:level:';
const must = (level: number) =>
  JSON.stringify({ id_token: { acr: { essential: true, values: [`${LEVEL}${level}`] } } });
const ENTITY = { scope: 'openid profile legal_entity' };

/** What a page of this site asks the provider for: a level as a must, and the data it shows. */
const OF_PAGE: Record<string, Record<string, string>> = {
  [APPLY_PATH]: { scope: 'openid profile real_name phone', claims: must(1) },
  [REPORT_PATH]: { ...ENTITY, claims: must(3), kind: 'entity' },
};

/** The parameters of a login that leads to this page. @param kind whom the login is for, if the person has said so */
export function requestFor(next: string, kind?: string): Record<string, string> {
  const plain = kind === 'entity' ? ENTITY : {};
  return (Object.hasOwn(OF_PAGE, next) ? OF_PAGE[next] : undefined) ?? plain;
}
