import type { Operator } from '../../oidc/operators/operators.service.js';
import type { SiteRecord } from '../../oidc/sites/site-records.service.js';
import type { Refusal } from '../../shared/refusal.js';
import { Button, Form, SelectField, TextField } from '../../web/form.js';
import type { PageContext } from '../../web/page-context.js';
import { ConsolePage } from './console-layout.js';

interface Props {
  page: PageContext;
  who: Operator;
  sites: readonly SiteRecord[];
  values: Record<string, string>;
  refusal?: Refusal;
}

/** `/console/people/new`: who is to be a developer of which site. */
export function NewDeveloperPage({ page, who, sites, values, refusal }: Props) {
  const t = page.t.console.people;
  const options = sites.map(({ site }) => [site.id, `${site.name[page.language]} (${site.id})`] as const);
  const ways = [{ id: 'people', href: '/console/people', text: t.back }];
  return (
    <ConsolePage {...{ page, who, refusal, ways }} here="people" title={t.grantTitle} intro={t.grantIntro}>
      <Form page={page} action="/console/people/new">
        <SelectField
          {...{ page, refusal, options }}
          name="site"
          label={t.columns.site}
          value={values['site']}
          none={t.chooseSite}
        />
        <TextField
          {...{ page, refusal }}
          name="phone"
          label={t.phone}
          hint={t.phoneHint}
          value={values['phone']}
          type="tel"
        />
        <p>
          <Button id="developer-grant">{t.grant}</Button>
        </p>
      </Form>
    </ConsolePage>
  );
}
