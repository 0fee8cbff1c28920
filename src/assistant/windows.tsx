import { Router } from 'express';
import type { Request, RequestHandler, Response } from 'express';
import type { VNode } from 'preact';
import { texts } from '../locales/texts.js';
import { CreditCode } from '../shared/credit-code.js';
import { EntityName } from '../shared/entity-name.js';
import { Refusal } from '../shared/refusal.js';
import { csrfToken } from '../web/csrf.js';
import { Parsed, typed } from '../web/fields.js';
import { preferencesOf } from '../web/language.js';
import type { PageContext } from '../web/page-context.js';
import { render } from '../web/render.js';
import { submit } from '../web/submit.js';
import type { AssistantEnv } from './assistant.env.js';
import { CounterClosed } from './counter.js';
import type { Counter, Issuer } from './counter.js';
import { KeyPage } from './key.page.js';
import type { KeyProps } from './key.page.js';
import { OutcomePage, RefusedPage, SignPage, WaitingPage } from './sign.page.js';
import type { SigningRequests } from './signing-requests.js';
import type { UsbKey } from './usb-key.js';

/** A certificate that is ordered; the field's name is that of the service's forms. */
class OrderForm {
  @Parsed((raw) => EntityName.parse(raw))
  entityName!: EntityName;

  @Parsed((raw) => CreditCode.parse(raw))
  creditCode!: CreditCode;

  @Parsed((raw) => raw)
  authority!: string;
}

/** The assistant's own pages: the USB key, and the window of each signature. */
export class Windows {
  constructor(
    private readonly env: AssistantEnv,
    private readonly formKey: string,
    private readonly own: { usbKey: UsbKey; requests: SigningRequests; counter: Counter },
  ) {}

  readonly refused: RequestHandler = (request, response) =>
    this.send(response, 403, <RefusedPage page={this.page(request)} />);

  routes(): Router {
    const { usbKey } = this.own;
    const router = Router();
    router.get('/assets/:file', (request, response, next) => {
      const found = this.env.assets.at(request.path);
      if (!found) return next();
      return void response.type(found.type).end(found.content);
    });
    router.get('/close.js', (_request, response) => void response.type('js').send('window.close();\n'));
    router.get('/', async (request, response) => {
      const props = await this.keyProps(request);
      const said = request.query['said'] === 'issued' ? 'issued' : props.said;
      this.send(response, 200, <KeyPage {...props} said={said} />);
    });
    const then =
      (work: () => void): RequestHandler =>
      (_request, response) => {
        work();
        response.redirect(303, '/');
      };
    router.post(
      '/key/insert',
      then(() => usbKey.put(true)),
    );
    router.post(
      '/key/remove',
      then(() => usbKey.put(false)),
    );
    router.post(
      '/key/unlock',
      then(() => usbKey.unlock()),
    );
    router.post('/certificates', async (request, response) => this.order(request, response));
    router.get('/sign/:ticket', (request, response) => this.window(request, response));
    router.post('/sign/:ticket', (request, response) => this.decide(request, response));
    return router;
  }

  private window(request: Request, response: Response): void {
    const page = this.page(request);
    const found = this.own.requests.get(request.params['ticket']);
    if (!found) return this.send(response, 200, <WaitingPage page={page} />);
    const waiting = found.outcome.state === 'waiting';
    const tries = this.own.usbKey.triesLeft;
    const node = waiting ? (
      <SignPage {...{ page, request: found, tries }} />
    ) : (
      <OutcomePage {...{ page, request: found }} />
    );
    return this.send(response, 200, node);
  }

  private decide(request: Request, response: Response): void {
    const found = this.own.requests.get(request.params['ticket']);
    const { decision, pin } = request.body as Record<string, unknown>;
    if (found && decision === 'cancel') this.own.requests.cancel(found);
    if (found && decision === 'sign') this.own.requests.confirm(found, typeof pin === 'string' ? pin : '');
    response.redirect(303, request.originalUrl);
  }

  private async order(request: Request, response: Response): Promise<void> {
    const props = await this.keyProps(request);
    const { counter } = this.own;
    const from = async (id: string): Promise<Issuer> => {
      const found = (await counter.hours()).authorities.find((one) => one.id === id);
      if (!found) throw new Refusal('certificate-order.authority', { field: 'authority' });
      return found;
    };
    try {
      await submit(OrderForm, request.body, response, {
        do: async (form) =>
          counter.order(await from(form.authority), form.entityName.reveal(), form.creditCode.reveal()),
        done: () => response.redirect(303, '/?said=issued'),
        refused: (values, refusal) => <KeyPage {...props} {...{ values, refusal }} />,
      });
    } catch (error) {
      if (!(error instanceof CounterClosed)) throw error;
      this.send(response, 503, <KeyPage {...props} values={typed(request.body)} said="issuersAway" />);
    }
  }

  private async keyProps(request: Request): Promise<KeyProps> {
    const { usbKey, counter } = this.own;
    const { pin, origins } = this.env;
    const issuers = await counter.hours().then(
      ({ authorities }) => authorities,
      () => undefined,
    );
    const said = issuers ? undefined : 'issuersAway';
    return { page: this.page(request), usbKey, pin, origins, issuers: issuers ?? [], said };
  }

  /** In the language of the page that opened the window. */
  private page(request: Request): PageContext {
    const asked = request.query['lang'];
    const { language, large } = preferencesOf(request.headers, typeof asked === 'string' ? asked : undefined);
    const { jurisdiction, assets } = this.env;
    const t = texts(language);
    return {
      language,
      t,
      jurisdiction,
      portalName: t.assistant.name,
      subtitle: t.assistant.about,
      large,
      demo: true,
      serviceOrigin: '',
      path: request.originalUrl,
      assets: assets.paths,
      assistants: [],
      formToken: csrfToken('assistant', [this.formKey]),
    };
  }

  // oxlint-disable-next-line typescript/no-explicit-any -- any component's node renders
  private send(response: Response, status: number, node: VNode<any>): void {
    response.status(status).type('html').send(render(node));
  }
}
