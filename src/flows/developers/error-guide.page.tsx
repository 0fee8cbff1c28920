import { CAUSES, OTHER } from '../../oidc/errors/causes.js';
import type { Cause, CausePart, CauseRule } from '../../oidc/errors/causes.js';
import { causeAnchor, partAnchor } from '../../oidc/errors/guide.js';
import { DELIVERY_CAUSES, deliveryAnchor } from '../../oidc/logout/delivery-causes.js';
import { Coded } from '../../web/coded.js';
import { Layout } from '../../web/layout.js';
import type { PageContext } from '../../web/page-context.js';
import { Facts } from '../../web/parts.js';

function CauseEntry({ page, cause }: { page: PageContext; cause: Cause }) {
  const { faultCauses, consoleFaults } = page.t;
  const { title, expected, cure } = faultCauses[cause];
  return (
    <section id={causeAnchor(cause)}>
      <h3>
        <Coded text={title} />
      </h3>
      <Facts
        items={[
          [consoleFaults.expected, <Coded text={expected} />],
          [consoleFaults.cure, <Coded text={cure} />],
        ]}
      />
    </section>
  );
}

/** Why a site has not taken a logout token, as the console says it. */
function Deliveries({ page }: { page: PageContext }) {
  const { consoleDeliveries: t, deliveryReasons } = page.t;
  return (
    <div id={partAnchor('deliveries')}>
      <h2>{t.guideTitle}</h2>
      {DELIVERY_CAUSES.map((cause) => (
        <section id={deliveryAnchor(cause)}>
          <h3>
            <Coded text={deliveryReasons[cause].title} />
          </h3>
          <Facts items={[[t.cure, <Coded text={deliveryReasons[cause].cure} />]]} />
        </section>
      ))}
    </div>
  );
}

/** Each cause of a protocol error with what was expected and what to do, from the texts that the console has too. */
export function ErrorGuidePage({ page }: { page: PageContext }) {
  const { consoleFaults } = page.t;
  const parts: [CausePart | 'other', readonly CauseRule[]][] = [
    ...(Object.entries(CAUSES) as [CausePart, readonly CauseRule[]][]),
    ['other', [OTHER]],
  ];
  return (
    <Layout page={page} title={consoleFaults.guideTitle} wide>
      <p>
        <Coded text={consoleFaults.guideIntro} />
      </p>
      {parts.map(([part, rules]) => (
        <div id={partAnchor(part)}>
          <h2>{consoleFaults.parts[part]}</h2>
          {rules.map(({ cause }) => (
            <CauseEntry page={page} cause={cause} />
          ))}
        </div>
      ))}
      <Deliveries page={page} />
    </Layout>
  );
}
