import type { Assistant } from '../config/assistants.js';
import type { AlipayOffer } from '../config/alipay-account.js';
import type { Jurisdiction } from '../config/jurisdiction.js';
import type { Language, Texts } from '../locales/texts.js';
import type { AssetPaths } from './assets.js';

/** What every page knows. */
export interface PageContext {
  language: Language;
  t: Texts;
  jurisdiction: Jurisdiction;
  /** The name at the head of the page. */
  portalName: string;
  /** What stands beside it: the unified account, or what a site is. */
  subtitle: string;
  large: boolean;
  demo: boolean;
  /** What there is of Alipay; at the service itself. */
  alipay?: AlipayOffer;
  /** Where the pages that the footer leads to are: empty at the service itself. */
  serviceOrigin: string;
  /** Path and query of this page: where the links for size and language come back to. */
  path: string;
  /** Addresses of the sheet, the script and the footer's pictures, with the hash of their content. */
  assets: AssetPaths;
  /** Certificate assistants that this page may talk to. */
  assistants: readonly Assistant[];
  /** Names the user at the head of the page, with the way out. */
  signedIn?: { maskedName: string; logOutPath: string };
  /** What forms of this page carry in `_csrf`. */
  formToken: string;
}
