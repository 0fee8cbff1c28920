import { DEMO_SECRET, demoSitesOf } from '../config/demo-sites.js';
import type { DemoSite } from '../config/demo-sites.js';
import { loadJurisdiction } from '../config/jurisdiction.js';
import type { Jurisdiction } from '../config/jurisdiction.js';
import { Assets } from '../web/assets.js';

/** What a demonstration site is told: it is a program of its own, so it reads its own environment, here alone. */
export interface PortalEnv {
  port: number;
  issuer: string;
  clientId: string;
  clientSecret: string;
  site: DemoSite;
  other: DemoSite;
  jurisdiction: Jurisdiction;
  /** Sheet, script and pictures. */
  assets: Assets;
}

/** @throws {Error} when the site is none of the jurisdiction's demonstration sites */
export function portalEnv(source: NodeJS.ProcessEnv): PortalEnv {
  const jurisdiction = loadJurisdiction(source['JURISDICTION'] ?? 'hubei', 'demo');
  const servicePort = Number(source['SERVICE_PORT'] ?? 3000);
  const sites = demoSitesOf(jurisdiction, servicePort);
  const site = sites.find(({ id }) => id === source['CLIENT_ID']);
  const other = sites.find(({ id }) => id !== source['CLIENT_ID']);
  if (!site || !other) throw new Error(`CLIENT_ID: one of ${sites.map(({ id }) => id).join(', ')} expected`);
  return {
    port: Number(source['PORT'] ?? site.port),
    issuer: (source['ISSUER'] ?? `http://localhost:${servicePort}`).replace(/\/$/, ''),
    clientId: site.id,
    clientSecret: source['CLIENT_SECRET'] ?? DEMO_SECRET,
    site,
    other,
    jurisdiction,
    assets: new Assets(jurisdiction.footer),
  };
}
