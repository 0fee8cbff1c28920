import { DEMO_APP } from '../../config/demo-sites.js';
import { chinaMinute } from '../../shared/china-time.js';
import { withChinese } from '../../web/chinese.js';
import { Button, DefaultSubmit, Form, TextField } from '../../web/form.js';
import { Layout } from '../../web/layout.js';
import type { PageContext } from '../../web/page-context.js';
import { Facts, Notice } from '../../web/parts.js';
import type { AskedLogin, Phone, Said } from './app-phones.service.js';

const { path } = DEMO_APP;

/** Where the camera's script is. */
export const CAMERA_PATH = `${path}/camera.js`;

interface AppPageProps {
  page: PageContext;
  phone: Phone;
  said?: Said;
}

/** What has become of a login, in words. */
function SaidNotice({ page, said }: { page: PageContext; said: Said }) {
  const { app: t } = page.t;
  if ('done' in said) return <Notice kind="success" title={t[said.done]} />;
  return (
    <Notice kind="warning" title={t.problem}>
      <p>{said.problem}</p>
    </Notice>
  );
}

function LogIn({ page }: { page: PageContext }) {
  return (
    <p>
      <a id="app-login" class="button main" href={`${path}/login`}>
        {page.t.app.logIn}
      </a>
    </p>
  );
}

/** Paste the link, or let the camera read it where there is one. */
function Scan({ page, name }: { page: PageContext; name?: string }) {
  const { app: t } = page.t;
  return (
    <div>
      <p>
        {t.loggedInAs}
        {withChinese(page, name ?? t.unnamed)}
      </p>
      <Form page={page} action={`${path}/scan`}>
        <TextField page={page} name="link" label={t.link} hint={t.linkHint} width="long" />
        <p>
          <Button id="app-scan">{t.scan}</Button>
        </p>
      </Form>
      <p id="camera" data-waiting={t.cameraWaiting} data-refused={t.cameraRefused} hidden>
        <button type="button" id="app-camera" class="button second">
          {t.camera}
        </button>
      </p>
      <video id="app-video" class="app-video" muted playsInline hidden />
      <Form page={page} action={`${path}/logout`}>
        <p>
          <Button id="app-logout" kind="link">
            {t.logOut}
          </Button>
        </p>
      </Form>
      <script type="module" src={CAMERA_PATH} />
    </div>
  );
}

/** Which login it is, and the three numbers: confirmed by picking one, never by the scan alone. */
function Question({ page, asked }: { page: PageContext; asked: AskedLogin }) {
  const { app: t } = page.t;
  return (
    <div>
      {asked.byLink && (
        <p>
          <strong>{t.byLink}</strong>
        </p>
      )}
      <Facts
        items={[
          [t.site, withChinese(page, asked.site)],
          [t.browser, asked.browser || t.unknown],
          [t.place, asked.place || t.unknown],
          [t.at, chinaMinute(new Date(asked.at))],
        ]}
      />
      <p class="hint">{t.beware}</p>
      <Form page={page} action={`${path}/confirm`}>
        <DefaultSubmit />
        <p>{t.pick}</p>
        <p class="app-numbers">
          {asked.numbers.map((number, at) => (
            <Button id={`app-number-${at + 1}`} kind="second" name="number" value={String(number)}>
              {number}
            </Button>
          ))}
        </p>
      </Form>
      <Form page={page} action={`${path}/deny`}>
        <p>
          <Button id="app-deny" kind="risky">
            {t.deny}
          </Button>
        </p>
      </Form>
    </div>
  );
}

/** The app's one page: log in, scan, answer. */
export function AppPage({ page, phone, said }: AppPageProps) {
  const { app: t } = page.t;
  const { tokens, asked } = phone;
  const notice = said && <SaidNotice {...{ page, said }} />;
  if (tokens && asked)
    return (
      <Layout page={page} title={t.question} notice={notice}>
        <Question {...{ page, asked }} />
      </Layout>
    );
  return (
    <Layout page={page} title={t.title} notice={notice}>
      <p>{t.intro}</p>
      {tokens ? <Scan page={page} name={tokens.name} /> : <LogIn page={page} />}
    </Layout>
  );
}

/** The link has opened the app: said so before anything is scanned. */
export function OpenedPage({ page, ticket }: { page: PageContext; ticket: string }) {
  const { app: t } = page.t;
  return (
    <Layout page={page} title={t.openTitle}>
      <p>
        <strong>{t.byLink}</strong>
      </p>
      <Form page={page} action={`${path}/t/${ticket}`}>
        <p>
          <Button id="app-open">{t.goOn}</Button>
        </p>
      </Form>
      <p>
        <a id="app-leave" href={path}>
          {t.leave}
        </a>
      </p>
    </Layout>
  );
}
