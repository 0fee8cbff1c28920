import type { ComponentChildren } from 'preact';
import { ENDPOINTS } from '../../oidc/errors/endpoints.js';
import type { FailureRecord } from '../../oidc/errors/failure-records.service.js';
import { ERROR_GUIDE, causeAnchor } from '../../oidc/errors/guide.js';
import { chinaSecond } from '../../shared/china-time.js';
import { Coded } from '../../web/coded.js';
import type { PageContext } from '../../web/page-context.js';
import { Facts } from '../../web/parts.js';

interface Listed {
  page: PageContext;
  /** Whose it is, where they are not all of one site. */
  owner?: (failure: FailureRecord) => ComponentChildren;
}

/** Code one below the other, as it was registered or came. */
function Codes({ of }: { of: string }) {
  return (
    <ul class="plain lines">
      {of.split('\n').map((line) => (
        <li class="mono">{line}</li>
      ))}
    </ul>
  );
}

function Expected({ page, failure }: { page: PageContext; failure: FailureRecord }) {
  return (
    <>
      <Coded text={page.t.faultCauses[failure.cause].expected} />
      {failure.expected !== null && <Codes of={failure.expected} />}
    </>
  );
}

function Received({ page, failure }: { page: PageContext; failure: FailureRecord }) {
  const t = page.t.consoleFaults;
  const { received, receivedLength, various } = failure;
  if (various) return <>{t.various}</>;
  if (received !== null) return <Codes of={received} />;
  return <>{receivedLength === null ? t.nothing : t.hidden({ length: receivedLength })}</>;
}

function Failure({ page, failure, owner }: Listed & { failure: FailureRecord }) {
  const { consoleFaults: t, faultCauses } = page.t;
  const { errorId, endpoint, error, cause, parameter, count, firstAt, lastAt } = failure;
  const { title, cure } = faultCauses[cause];
  const when =
    count > 1 ? t.between({ first: chinaSecond(firstAt), latest: chinaSecond(lastAt) }) : chinaSecond(lastAt);
  return (
    <li id={`failure-${failure.key}`} data-error-id={errorId} data-cause={cause}>
      <h2>
        <Coded text={title} />
      </h2>
      <Facts
        items={[
          [t.errorId, <span class="mono">{errorId}</span>],
          [t.site, owner?.(failure)],
          [t.when, `${when} · ${t.times({ count })}`],
          [t.endpoint, `${ENDPOINTS[endpoint]} · ${t.endpoints[endpoint]}`],
          [t.error, <span class="mono">{error}</span>],
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
    </li>
  );
}

/** Failures one below the other: what was expected, what came, what to do. */
export function FailureList({ page, found, owner }: Listed & { found: readonly FailureRecord[] }) {
  if (found.length === 0) return null;
  return (
    <ul class="plain" id="failures">
      {found.map((failure) => (
        <Failure page={page} failure={failure} owner={owner} />
      ))}
    </ul>
  );
}
