import type { ComponentChildren } from 'preact';
import type { Refusal } from '../../shared/refusal.js';
import { Layout } from '../../web/layout.js';
import type { PageContext } from '../../web/page-context.js';

interface Props {
  page: PageContext;
  title: string;
  intro?: string;
  refusal?: Refusal;
  children: ComponentChildren;
}

/** A page of the user centre: what it is about, and the way back to the list. */
export function CentrePage({ page, title, intro, refusal, children }: Props) {
  return (
    <Layout page={page} title={title} refusal={refusal} wide>
      {intro && <p>{intro}</p>}
      {children}
      <p>
        <a id="back" href="/account">
          {page.t.userCentre.back({ centre: page.jurisdiction.labels.userCentre[page.language] })}
        </a>
      </p>
    </Layout>
  );
}
