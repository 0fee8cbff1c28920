const ASSERTION = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** How the portal says who it is at the token endpoint (OpenID Connect Core section 9), and as whom. */
interface Credentials {
  method: 'client_secret_basic' | 'client_secret_post' | 'private_key_jwt' | 'none';
  id?: string;
}

const plain = (text: string): string => {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
};

function subjectOf(jwt: string): string | undefined {
  try {
    const claims = JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString()) as { sub?: string };
    return claims.sub;
  } catch {
    return undefined;
  }
}

/** A trial knows no secret and keeps none: whether it is the right one is for the service to judge. */
export function credentialsIn(form: URLSearchParams, authorization: string): Credentials {
  const [, basic] = /^Basic (.+)$/i.exec(authorization) ?? [];
  if (basic !== undefined) {
    const [id = '', secret = ''] = Buffer.from(basic, 'base64').toString().split(':');
    return { method: secret === '' ? 'none' : 'client_secret_basic', id: plain(id) };
  }
  const id = form.get('client_id') ?? undefined;
  if (form.get('client_assertion_type') === ASSERTION)
    return { method: 'private_key_jwt', id: subjectOf(form.get('client_assertion') ?? '') };
  return { method: form.get('client_secret') ? 'client_secret_post' : 'none', id };
}
