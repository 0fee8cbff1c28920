import { randomBytes, randomInt } from 'node:crypto';
import { chinaDay } from '../shared/china-time.js';
import { Refusal } from '../shared/refusal.js';
import { csrfToken, csrfValid } from '../web/csrf.js';
import { parseForm } from '../web/fields.js';
import { ApplicationForm, QUESTIONS } from './application.form.js';
import { ApplyPage, ReceiptPage, mayApply } from './apply.page.js';
import { Drafts } from './drafts.js';
import type { Draft } from './drafts.js';
import type { Exchange } from './exchange.js';
import { noticeIn, withNotice } from './notices.js';
import type { NoticeName, Said } from './notices.js';
import { APPLY_PATH } from './requests.js';
import type { SiteSession } from './site-session.js';

const RECEIPT_PATH = '/apply/receipt';
const MOST_RECEIPTS = 10_000;
const LONGEST_KEPT = 2000;

interface Receipt {
  owner: string;
  number: string;
}

/** What a form was sent with. */
interface Sent {
  browser: string;
  owner?: string;
  draft: Draft;
  deed: string;
}

/** "Apply online": asks for an account only when it is needed, and loses nothing on the way there and back. */
export class Applications {
  private readonly drafts = new Drafts();
  private readonly receipts = new Map<string, Receipt>();
  private readonly keys = [randomBytes(32).toString('base64url')];

  /** @param askForLevel sends the browser to the provider for level 1 and the applicant's data, and back to the form */
  constructor(private readonly askForLevel: (exchange: Exchange) => Promise<void>) {}

  /** Somebody has logged in: the draft of this browser is theirs. */
  claim(exchange: Exchange, session: SiteSession): void {
    this.drafts.claim(exchange.cookie('draft'), session.sub);
  }

  page(exchange: Exchange): void {
    const { session } = exchange;
    const browser = exchange.cookie('draft');
    if (session) this.drafts.claim(browser, session.sub);
    const waiting: Said | undefined =
      !session && this.drafts.isWaiting(browser) ? { notice: 'sessionEnded' } : undefined;
    this.show(exchange, this.drafts.of(browser, session?.sub), { said: noticeIn(exchange.url) ?? waiting });
  }

  async submit(exchange: Exchange): Promise<void> {
    const { session } = exchange;
    const fields = await exchange.form();
    const sent = this.read(exchange, fields);
    const answers = answersIn(fields);
    if (!sent) return this.show(exchange, { id: newId(), answers }, { said: { notice: 'expired' }, status: 403 });
    const receipt = this.receipts.get(sent.draft.id);
    if (session && receipt?.owner === session.sub) return exchange.redirect(receiptAt(sent.draft.id));
    this.drafts.keep(sent.browser, sent.owner, sent.draft);
    if (session && sent.owner !== session.sub) return back(exchange, 'otherPerson');
    if (sent.deed === 'save') return back(exchange, !session && sent.owner ? 'sessionEnded' : 'saved');
    if (sent.deed === 'fill') return this.askForLevel(exchange);
    const refusal = refusalOf(answers, exchange.page().t.portal.questions);
    if (refusal) return this.show(exchange, sent.draft, { refusal, owner: sent.owner, status: refusal.status });
    if (session?.kind === 'entity') return back(exchange, 'personsOnly');
    if (!mayApply(session)) return this.askForLevel(exchange);
    exchange.redirect(this.file(sent.draft.id, session.sub));
  }

  receipt(exchange: Exchange): void {
    const receipt = this.receipts.get(exchange.url.searchParams.get('application') ?? '');
    if (!receipt || receipt.owner !== exchange.session?.sub) return exchange.redirect(APPLY_PATH);
    exchange.show(200, <ReceiptPage page={exchange.page()} number={receipt.number} />);
  }

  /** Whose form it was: a tab may be older than who is logged in now, and one's answers are not another's. */
  private read(exchange: Exchange, fields: Record<string, string>): Sent | undefined {
    const browser = exchange.cookie('draft');
    if (browser === undefined) return undefined;
    const mayBe = [exchange.session?.sub, ...this.drafts.peopleOf(browser), undefined];
    const found = mayBe.find((owner) => csrfValid(binding(browser, owner), fields['_csrf'], this.keys));
    const isNobodys = csrfValid(binding(browser, undefined), fields['_csrf'], this.keys);
    if (found === undefined && !isNobodys) return undefined;
    const draft = { id: fields['application']?.slice(0, 40) || newId(), answers: answersIn(fields) };
    return { browser, owner: found ?? exchange.session?.sub, draft, deed: fields['deed'] ?? '' };
  }

  private show(
    exchange: Exchange,
    draft: Draft,
    more: { said?: Said; refusal?: Refusal; owner?: string; status?: number },
  ): void {
    const browser = exchange.cookie('draft') ?? newId();
    if (!exchange.cookie('draft')) exchange.setCookie('draft', browser);
    if (exchange.session) this.drafts.claim(browser, exchange.session.sub);
    const { said, refusal, status = 200 } = more;
    const owner = more.owner ?? exchange.session?.sub;
    const page = exchange.page(csrfToken(binding(browser, owner), this.keys));
    exchange.show(status, <ApplyPage {...{ page, session: exchange.session, draft, said, refusal }} />);
  }

  /** Takes the application in. @returns where its receipt is */
  private file(id: string, owner: string): string {
    if (this.receipts.size >= MOST_RECEIPTS) this.receipts.delete(this.receipts.keys().next().value as string);
    const day = chinaDay(new Date()).replaceAll('-', '');
    this.receipts.set(id, { owner, number: `${day}-${randomInt(1_000_000).toString().padStart(6, '0')}` });
    this.drafts.drop(owner);
    return receiptAt(id);
  }
}

const newId = (): string => randomBytes(18).toString('base64url');
const binding = (browser: string, owner: string | undefined): string => `${browser}|${owner ?? ''}`;
const receiptAt = (id: string): string => `${RECEIPT_PATH}?${new URLSearchParams({ application: id })}`;
const back = (exchange: Exchange, notice: NoticeName): void => exchange.redirect(withNotice(APPLY_PATH, { notice }));

const answersIn = (fields: Record<string, string>): Record<string, string> =>
  Object.fromEntries(QUESTIONS.map((name) => [name, (fields[name] ?? '').slice(0, LONGEST_KEPT)]));

/** What is wrong with the answers, each named by its question: eight times "fill this in" would help nobody. */
function refusalOf(answers: Record<string, string>, labels: Record<string, string>): Refusal | undefined {
  try {
    parseForm(ApplicationForm, answers);
    return undefined;
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    const named = ({ code, field = '', status }: Refusal) =>
      new Refusal(code, { field, status, values: { label: labels[field] ?? '' } });
    return Refusal.all(refusal.list.map(named));
  }
}
