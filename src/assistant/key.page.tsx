import type { Refusal } from '../shared/refusal.js';
import { chinaDay } from '../shared/china-time.js';
import { withChinese } from '../web/chinese.js';
import { Button, Form, SelectField, TextField } from '../web/form.js';
import type { PageContext } from '../web/page-context.js';
import { Facts, Notice, Table } from '../web/parts.js';
import { nameOf } from './counter.js';
import type { Issuer } from './counter.js';
import { Frame } from './frame.js';
import type { UsbKey } from './usb-key.js';

export interface KeyProps {
  page: PageContext;
  usbKey: UsbKey;
  pin: string;
  origins: readonly string[];
  /** Who issues; none when the service does not answer. */
  issuers: readonly Issuer[];
  values?: Record<string, string>;
  refusal?: Refusal;
  said?: 'issued' | 'issuersAway';
}

function Switches({ page, usbKey }: KeyProps) {
  const { assistant: t } = page.t;
  return (
    <div>
      <Form page={page} action={usbKey.inserted ? '/key/remove' : '/key/insert'}>
        <p>
          <Button id={usbKey.inserted ? 'key-remove' : 'key-insert'} kind="second">
            {usbKey.inserted ? t.remove : t.insert}
          </Button>
        </p>
      </Form>
      {usbKey.triesLeft <= 0 && (
        <Form page={page} action="/key/unlock">
          <p>
            <Button id="key-unlock" kind="second">
              {t.unlock}
            </Button>
          </p>
        </Form>
      )}
    </div>
  );
}

function Certificates({ page, usbKey }: KeyProps) {
  const { assistant: t } = page.t;
  const all = usbKey.certificates();
  if (all.length === 0) return <p>{t.noCertificates}</p>;
  return (
    <Table
      id="certificates"
      columns={[t.entityName, t.creditCode, t.authority, t.until, t.serial]}
      rows={all.map(({ name, creditCode, authority, notAfter, serial }) => [
        withChinese(page, name),
        <span class="mono">{creditCode}</span>,
        withChinese(page, authority),
        chinaDay(new Date(notAfter)),
        <span class="mono">{serial.slice(-4).toUpperCase()}</span>,
      ])}
    />
  );
}

function Order({ page, issuers, values = {}, refusal }: KeyProps) {
  const { assistant: t } = page.t;
  const options = issuers.map(
    (one) => [one.id, `${nameOf(one, page.language)} · ${one.algorithm.toUpperCase()}`] as const,
  );
  return (
    <Form page={page} action="/certificates">
      <p>{t.issueText}</p>
      <TextField
        page={page}
        name="entityName"
        label={t.entityName}
        width="long"
        value={values['entityName']}
        refusal={refusal}
      />
      <TextField
        page={page}
        name="creditCode"
        label={t.creditCode}
        width="long"
        value={values['creditCode']}
        refusal={refusal}
      />
      <SelectField
        page={page}
        name="authority"
        label={t.authority}
        none={t.chooseAuthority}
        options={options}
        value={values['authority']}
        refusal={refusal}
      />
      <p>
        <Button id="certificate-order">{t.issueSubmit}</Button>
      </p>
    </Form>
  );
}

/** The USB key as somebody holds it: in or out, what is on it, and how to have another certificate. */
export function KeyPage(props: KeyProps) {
  const { page, usbKey, pin, origins, refusal, said } = props;
  const { assistant: t } = page.t;
  const notice = said && <Notice kind={said === 'issued' ? 'success' : 'warning'} title={t[said]} />;
  return (
    <Frame page={page} title={t.key} refusal={refusal} notice={notice} wide>
      <p>{t.intro}</p>
      <Facts
        items={[
          [t.key, usbKey.inserted ? t.keyIn : t.keyOut],
          [t.pinIs, <span class="mono">{pin}</span>],
          [t.tries, String(usbKey.triesLeft)],
          [t.sites, origins.join(' ')],
        ]}
      />
      <Switches {...props} />
      <h2>{t.certificates}</h2>
      <Certificates {...props} />
      <h2>{t.issue}</h2>
      <Order {...props} />
    </Frame>
  );
}
