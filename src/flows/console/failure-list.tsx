import type { ComponentChildren } from 'preact';
import { ENDPOINTS } from '../../oidc/errors/endpoints.js';
import type { FailureRecord } from '../../oidc/errors/failure-records.service.js';
import { ERROR_GUIDE, causeAnchor } from '../../oidc/errors/guide.js';
import { chinaSecond } from '../../shared/china-time.js';
import { Coded } from '../../web/coded.js';
import type { PageContext } from '../../web/page-context.js';
import { Facts } from '../../web/parts.js';

const DAY_LENGTH = 'YYYY-MM-DD '.length;

interface Listed {
  page: PageContext;
  /** Whose it is, where they are not all of one site. */
  owner?: (failure: FailureRecord) => ComponentChildren;
  /** They stand below a title of their own. */
  below?: boolean;
}

/** What was registered or came: addresses one below the other, words of the protocol in one line. */
function Codes({ of }: { of: string }) {
  const lines = of.includes('://') ? of.split('\n') : [of.replaceAll('\n', ' ')];
  return (
    <>
      {lines.map((line, at) => (
        <>
          {at > 0 && <br />}
          <span class="mono">{line}</span>
        </>
      ))}
    </>
  );
}

function Expected({ page, failure }: { page: PageContext; failure: FailureRecord }) {
  const { cause, expected } = failure;
  return (
    <>
      <Coded text={page.t.faultCauses[cause].expected} />
      {expected !== null && <br />}
      {expected !== null && <Codes of={expected} />}
    </>
  );
}

function Received({ page, failure }: { page: PageContext; failure: FailureRecord }) {
  const t = page.t.consoleFaults;
  const { received, receivedLength, various } = failure;
  if (various) {
    return (
      <>
        {t.various} <Received page={page} failure={{ ...failure, various: false }} />
      </>
    );
  }
  if (received !== null) return <Codes of={received} />;
  return <>{receivedLength === null ? t.nothing : t.hidden({ length: receivedLength })}</>;
}

function Failure({ page, failure, owner, below }: Listed & { failure: FailureRecord }) {
  const { consoleFaults: t, faultCauses } = page.t;
  const { errorId, endpoint, error, cause, parameter, count, firstAt, lastAt } = failure;
  const { title, cure } = faultCauses[cause];
  const Title = below ? 'h3' : 'h2';
  const [first, latest] = [chinaSecond(firstAt), chinaSecond(lastAt)];
  // Of one day: the day stands there once.
  const when = first === latest ? first : t.between({ first, latest: latest.slice(DAY_LENGTH) });
  return (
    <section id={`failure-${failure.key}`} data-error-id={errorId} data-cause={cause}>
      <Title>
        <Coded text={title} />
      </Title>
      <Facts
        items={[
          [t.site, owner?.(failure)],
          [
            t.errorId,
            <>
              <span class="mono">{errorId}</span> · {when} · {t.times({ count })}
            </>,
          ],
          [
            t.error,
            <>
              <span class="mono">{error}</span> · {ENDPOINTS[endpoint]} · {t.endpoints[endpoint]}
            </>,
          ],
          [t.parameter, parameter && <span class="mono">{parameter}</span>],
          [t.expected, <Expected page={page} failure={failure} />],
          [t.received, <Received page={page} failure={failure} />],
          [
            t.cure,
            <>
              <Coded text={cure} /> <a href={`${ERROR_GUIDE}#${causeAnchor(cause)}`}>{t.guide}</a>
            </>,
          ],
        ]}
      />
    </section>
  );
}

/** Failures one below the other: what was expected, what came, what to do. */
export function FailureList({ page, found, owner, below }: Listed & { found: readonly FailureRecord[] }) {
  if (found.length === 0) return null;
  return (
    <div id="failures">
      {found.map((failure) => (
        <Failure {...{ page, failure, owner, below }} />
      ))}
    </div>
  );
}
