import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import express from 'express';
import type { Assistant } from '../../src/config/assistants.js';
import { loadJurisdiction } from '../../src/config/jurisdiction.js';
import { texts } from '../../src/locales/texts.js';
import type { Language } from '../../src/locales/texts.js';
import { policyFor } from '../../src/oidc/security-headers.js';
import { CreditCode } from '../../src/shared/credit-code.js';
import { readSignedChallenge } from '../../src/shared/pki/challenge-signature.js';
import { Refusal } from '../../src/shared/refusal.js';
import { Assets } from '../../src/web/assets.js';
import { CertificateFields, atCertificateFields } from '../../src/web/certificate-form.js';
import { Button, DefaultSubmit, Form } from '../../src/web/form.js';
import { Layout } from '../../src/web/layout.js';
import { render } from '../../src/web/render.js';

const AUTHORITIES = [
  { name: { 'zh-CN': '甲证书（示例）', en: 'Alpha CA (example)' }, assistantUrl: 'https://alpha.example/driver' },
  { name: { 'zh-CN': '乙证书（示例）', en: 'Beta CA (example)' } },
];

/** A site of one page, the certificate form, that judges nothing but the signature: for the script alone. */
export async function startCertificatePage(port: number, assistants: readonly Assistant[]) {
  const origin = `http://localhost:${port}`;
  const jurisdiction = loadJurisdiction('hubei', 'demo');
  const assets = new Assets(jurisdiction.footer, assistants);
  const issued = new Map<string, Buffer>();
  const posts: Record<string, string>[] = [];
  /** What the next request is answered with instead. */
  const next: { status?: number; refusal?: Refusal } = {};

  const newChallenge = () => {
    const text = [
      'TONGXING CERTIFICATE CHALLENGE 1',
      '湖北政务服务网 统一用户帐号',
      `issuer: ${origin}`,
      'purpose: 证书登录 login',
      'entity: 武汉示例科技有限公司',
      `nonce: ${randomBytes(16).toString('hex')}`,
      `issued: ${new Date().toISOString()}`,
      `expires: ${new Date(Date.now() + 180_000).toISOString()}`,
      '',
    ].join('\n');
    const challenge = Buffer.from(text).toString('base64');
    issued.set(challenge, Buffer.from(text));
    return challenge;
  };
  const pageFor = (path: string, language: Language, entity?: string, refusal?: Refusal) => {
    const page = {
      language,
      t: texts(language),
      jurisdiction,
      portalName: jurisdiction.portalName[language],
      subtitle: jurisdiction.accountName[language],
      large: false,
      demo: false,
      serviceOrigin: '',
      path,
      assets: assets.paths,
      assistants,
      formToken: 'a-token',
    };
    const placed = refusal && atCertificateFields(refusal);
    return render(
      <Layout page={page} title={language === 'en' ? 'Certificate' : '证书登录'} refusal={placed}>
        <Form page={page} action={path}>
          <DefaultSubmit />
          <CertificateFields
            {...{ page, challenge: newChallenge(), authorities: AUTHORITIES, refusal }}
            entity={entity ? CreditCode.parse(entity) : undefined}
          />
          <p>
            <Button id="certificate-submit">{language === 'en' ? 'Log in' : '登录'}</Button>
            <Button id="certificate-skip" kind="link" name="decision" value="skip">
              {language === 'en' ? 'Skip' : '跳过此步骤'}
            </Button>
          </p>
        </Form>
      </Layout>,
    );
  };

  const app = express();
  app.use((_request, response, done) => {
    response.set('Content-Security-Policy', policyFor(assistants));
    done();
  });
  app.get('/assets/:file', (request, response) => {
    const found = assets.at(request.path);
    response.type(found?.type ?? 'txt').end(found?.content);
  });
  app.get('/form', (request, response) => {
    const { status, refusal } = next;
    const { entity, lang } = request.query as Record<string, string>;
    response.status(status ?? (refusal ? 422 : 200));
    response.send(pageFor(request.originalUrl, lang === 'en' ? 'en' : 'zh-CN', entity, refusal));
  });
  app.post('/form', express.urlencoded({ extended: false }), (request, response) => {
    const form = request.body as Record<string, string>;
    posts.push(form);
    response.send(`<!doctype html><title>x</title><p id="result">${resultOf(form)}</p>`);
  });
  const resultOf = (form: Record<string, string>): string => {
    const text = issued.get(form['challenge'] ?? '');
    issued.delete(form['challenge'] ?? '');
    if (!text) return 'unknown challenge';
    return readSignedChallenge(form['certificate'] ?? '', form['signature'] ?? '').signs(text)
      ? 'signed'
      : 'not signed';
  };
  const server = createServer(app);
  await new Promise<void>((done) => {
    server.listen(port, done);
  });
  const close = async () => {
    server.closeAllConnections();
    await new Promise((done) => {
      server.close(done);
    });
  };
  return { origin, posts, next, close };
}
