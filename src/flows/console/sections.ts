import type { Texts } from '../../locales/texts.js';
import type { Operator } from '../../oidc/operators/operators.service.js';

/** A page of the console: whoever makes one adds its line below. */
interface ConsoleLink {
  id: string;
  path: string;
  label: (t: Texts) => string;
  /** To a developer it is not there. */
  operators?: true;
}

/** What is about no single site, in the order of the tabs; `path` from the root. */
export const CONSOLE_PAGES = [
  { id: 'sites', path: '/console', label: (t) => t.console.pageNames.sites },
  { id: 'people', path: '/console/people', label: (t) => t.console.pageNames.people, operators: true },
  {
    id: 'changes',
    path: '/console/changes',
    label: (t) => t.consoleChanges.pageName,
    operators: true,
  },
  {
    id: 'failures',
    path: '/console/failures',
    label: (t) => t.consoleFaults.searchSection,
    operators: true,
  },
  {
    id: 'deliveries',
    path: '/console/deliveries',
    label: (t) => t.consoleDeliveries.troubled.pageName,
    operators: true,
  },
  { id: 'keys', path: '/console/keys', label: (t) => t.console.pageNames.keys },
] as const satisfies readonly ConsoleLink[];

/** The pages of one site, in the order of the tabs; `path` below `/console/sites/:id`. */
export const SITE_SECTIONS = [
  { id: 'site', path: '', label: (t) => t.console.site.section },
  { id: 'edit', path: '/edit', label: (t) => t.consoleChanges.sections.edit },
  { id: 'changes', path: '/changes', label: (t) => t.consoleChanges.sections.changes },
  { id: 'secret', path: '/secret', label: (t) => t.consoleChanges.sections.secret },
  { id: 'state', path: '/state', label: (t) => t.consoleChanges.sections.state, operators: true },
  { id: 'failures', path: '/failures', label: (t) => t.consoleFaults.title },
  { id: 'deliveries', path: '/deliveries', label: (t) => t.consoleDeliveries.title },
] as const satisfies readonly ConsoleLink[];

export type ConsolePageId = (typeof CONSOLE_PAGES)[number]['id'];
export type SiteSectionId = (typeof SITE_SECTIONS)[number]['id'];

/** Those that this person has. */
export const linksFor = (links: readonly ConsoleLink[], { role }: Operator): ConsoleLink[] =>
  links.filter(({ operators }) => role === 'operator' || !operators);

/** Where one site's pages are. */
export const sitePath = (clientId: string): string => `/console/sites/${encodeURIComponent(clientId)}`;
