import type { Operator } from '../../oidc/operators/operators.service.js';
import type { ListedKey } from '../../oidc/signing-keys.service.js';
import { chinaMinute } from '../../shared/china-time.js';
import type { PageContext } from '../../web/page-context.js';
import { Facts, Table } from '../../web/parts.js';
import { ConsolePage } from './console-layout.js';

interface Props {
  page: PageContext;
  who: Operator;
  keys: readonly ListedKey[];
  /** Where their public halves are. */
  address: string;
}

/** `/console/keys`: the current, the next, and those that still count; how they are rotated. */
export function KeysPage({ page, who, keys, address }: Props) {
  const t = page.t.console.keys;
  const { kid, algorithm, state, since, retired } = t.columns;
  const rows = keys.map((key) => [
    <span class="kid">{key.kid}</span>,
    key.alg,
    <span data-state={key.state}>{t.states[key.state]}</span>,
    chinaMinute(key.createdAt),
    key.retiredAt ? chinaMinute(key.retiredAt) : t.notRetired,
  ]);
  return (
    <ConsolePage page={page} who={who} here="keys" title={t.title} intro={t.intro}>
      <Facts items={[[t.published, address]]} />
      <Table id="keys" columns={[kid, algorithm, state, since, retired]} rows={rows} />
      <h2>{t.rotateTitle}</h2>
      <p>{t.rotateText({ command: 'cli keys rotate' })}</p>
    </ConsolePage>
  );
}
