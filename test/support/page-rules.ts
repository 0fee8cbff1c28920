import { parse } from 'node-html-parser';
import type { HTMLElement } from 'node-html-parser';

/** One rule of LOOK or DESIGN 7, and what breaks it on a page: in words, with the element. */
type Rule = (root: HTMLElement) => string[];

const idOf = (node: HTMLElement): string => node.getAttribute('id') ?? '';
const shown = (node: HTMLElement): string => node.toString().replace(/\s+/g, ' ').slice(0, 120);
const fields = (root: HTMLElement): HTMLElement[] =>
  root
    .querySelectorAll('form[method="post"] input, form[method="post"] textarea, form[method="post"] select')
    .filter((input) => input.getAttribute('type') !== 'hidden');
const submits = (form: HTMLElement): HTMLElement[] =>
  form.querySelectorAll('button').filter((button) => button.getAttribute('type') === 'submit');
const within = (node: HTMLElement, test: (one: HTMLElement) => boolean): boolean => {
  for (let at: HTMLElement | null = node; at; at = at.parentNode) if (test(at)) return true;
  return false;
};

const RULES: Record<string, Rule> = {
  'one title, the same at the head of the window': (root) => {
    const titles = root.querySelectorAll('h1').map(({ text }) => text);
    const window = root.querySelector('title')?.text ?? '';
    return titles.length === 1 && window.includes(titles[0] as string) ? [] : [`${titles.join()} in ${window}`];
  },
  'the portal’s name at the head, of the page and of the window': (root) => {
    const name = root.querySelector('.header .portal a')?.text ?? '';
    return name !== '' && root.querySelector('title')?.text.endsWith(` - ${name}`) ? [] : [name];
  },
  'a skip link first, to the content': (root) => {
    const first = root.querySelector('body a');
    const skips = first?.classList.contains('skip') && first.getAttribute('href') === '#main';
    return skips && root.querySelector('main#main') ? [] : [first ? shown(first) : 'none'];
  },
  'ids that are there once': (root) => {
    const ids = root.querySelectorAll('[id]').map(idOf);
    return ids.filter((id, at) => id === '' || ids.indexOf(id) !== at);
  },
  'fields with a name, the same id, and a label': (root) =>
    fields(root)
      .filter((field) => {
        const id = idOf(field);
        const labelled = id !== '' && root.querySelectorAll('label').some((label) => label.getAttribute('for') === id);
        const named = field.getAttribute('type') === 'radio' || field.getAttribute('name') === id;
        return !named || !labelled;
      })
      .map(shown),
  'buttons with an id and words': (root) =>
    root
      .querySelectorAll('button')
      .filter((button) => idOf(button) === '' || (button.text.trim() === '' && idOf(button) !== 'default-submit'))
      .map(shown),
  'Enter that does what is due, where there are several buttons': (root) =>
    root
      .querySelectorAll('form')
      .filter((form) => submits(form).length > 1 && idOf(submits(form)[0] as HTMLElement) !== 'default-submit')
      .map(shown),
  'one main button': (root) => {
    const main = root.querySelectorAll('main .button.main');
    return main.length <= 1 ? [] : main.map(shown);
  },
  'a form token in each form': (root) =>
    root
      .querySelectorAll('form')
      .filter((form) => form.getAttribute('method') === 'post' && !form.querySelector('[name="_csrf"]'))
      .map(shown),
  'nothing that stands in for a label, cuts what is pasted, is dead, or needs a script': (root) =>
    root
      .querySelectorAll(
        '[placeholder], [maxlength], [disabled], [readonly], [style], button[form], input[form], [onclick]',
      )
      .map(shown),
  'no script of its own': (root) =>
    root
      .querySelectorAll('script, style')
      .filter((node) => !node.getAttribute('src'))
      .map(shown),
  'one notice besides the errors': (root) => {
    const notices = root.querySelectorAll('.notice').filter((notice) => !notice.classList.contains('error'));
    return notices.length <= 1 ? [] : notices.map(shown);
  },
  'messages at their fields, told to a screen reader': (root) =>
    root
      .querySelectorAll('.field-error')
      .filter((message) => {
        const field = root.querySelector(`[id="${idOf(message).replace(/-error$/, '')}"]`);
        const described = (field?.getAttribute('aria-describedby') ?? '').split(' ').includes(idOf(message));
        return !described || field?.getAttribute('aria-invalid') !== 'true' || !/^(错误：|Error: )/.test(message.text);
      })
      .map(shown),
  'a summary that leads to each of them': (root) => {
    const summary = root.querySelector('#error-summary');
    const messages = root.querySelectorAll('.field-error');
    if (!summary) return messages.map(shown);
    const links = summary.querySelectorAll('a').map((link) => link.getAttribute('href')?.slice(1) ?? '');
    const lost = links.filter((id) => !root.querySelector(`[id="${id}"]`));
    const unsaid = messages.filter((message) => !links.includes(idOf(message).replace(/-error$/, '')));
    return [...lost, ...unsaid.map(shown)];
  },
  'the window says that something is to be corrected': (root) => {
    const title = root.querySelector('title')?.text ?? '';
    return Boolean(root.querySelector('#error-summary')) === /^(错误：|Error: )/.test(title) ? [] : [title];
  },
  'pictures with words': (root) =>
    root
      .querySelectorAll('img')
      .filter((image) => !image.getAttribute('alt'))
      .map(shown),
  'links that go somewhere, and a new window that knows nothing': (root) =>
    root
      .querySelectorAll('a')
      .filter((link) => {
        const named = link.text.trim() !== '' || link.querySelector('img[alt]');
        const blank = link.getAttribute('target') === '_blank' && link.getAttribute('rel') !== 'noopener';
        return !named || !link.getAttribute('href') || blank;
      })
      .map(shown),
  'the right keyboard and memory for each field': (root) => {
    // In the console a number is somebody else's, which no browser should remember.
    const isOthers = root.querySelector('form[action^="/console/"] #phone') !== null;
    const wanted: Record<string, Record<string, string>> = {
      phone: { type: 'tel', autocomplete: isOthers ? 'off' : 'tel' },
      smsCode: { inputmode: 'numeric', autocomplete: 'one-time-code' },
      idNumber: { type: 'text' },
      identifier: { autocomplete: 'username' },
      currentPassword: { type: 'password', autocomplete: 'current-password' },
      captcha: { autocomplete: 'off' },
    };
    return fields(root)
      .filter((field) =>
        Object.entries(wanted[idOf(field)] ?? {}).some(([name, value]) => field.getAttribute(name) !== value),
      )
      .map(shown);
  },
  'no value that was never filled in': (root) =>
    [/undefined|NaN|\[object|\{\w+\}|null/.exec(root.querySelector('body')?.text ?? '')?.[0]].filter(
      (one) => one !== undefined,
    ),
};

/** Chinese in an English page, outside of what says that it is Chinese. */
function untranslated(root: HTMLElement): string[] {
  return root
    .querySelectorAll('*')
    .filter((node) => node.childNodes.some((child) => child.nodeType === 3 && /[\u4e00-\u9fff]/.test(child.text)))
    .filter((node) => !within(node, (one) => one.getAttribute?.('lang') === 'zh-CN' && one.tagName !== 'HTML'))
    .map(shown);
}

/** Without words of the protocol, which stand as code. */
const wordsOf = (node: HTMLElement): string =>
  node.querySelectorAll('code').reduce((text, code) => text.replace(code.text, ''), node.text);

/** English in what a Chinese page says of itself: titles, labels, buttons, hints, messages. */
function foreign(root: HTMLElement): string[] {
  return root
    .querySelectorAll('h1, h2, label, button, .hint, .field-error, .notice-title, th, dt, legend, summary')
    .filter((node) => /[A-Za-z]{3,}/.test(wordsOf(node).replace(/Cookie|English|https:\/\//g, '')))
    .map(shown);
}

/** The page as it is seen: text inside <pre> is read, and what the certificate script fills in and shows is left out. */
function pageOf(html: string): HTMLElement {
  const root = parse(html, { blockTextElements: { script: true, noscript: true, style: true } });
  root.querySelector('#certificate-words')?.remove();
  return root;
}

/** What is wrong with a page, each with the rule it breaks. */
export function faultsOf(html: string, language: 'zh-CN' | 'en'): string[] {
  const root = pageOf(html);
  const said = root.querySelector('html')?.getAttribute('lang');
  const words = language === 'en' ? untranslated(root) : foreign(root);
  return [
    ...(said === language ? [] : [`a page in its language: ${said}`]),
    ...words.map((fault) => `all of it in one language: ${fault}`),
    ...Object.entries(RULES).flatMap(([rule, of]) => of(root).map((fault) => `${rule}: ${fault}`)),
  ];
}

/** Names by which pages are driven: the same in each language (DESIGN 7). */
export const idsOf = (html: string): string[] => parse(html).querySelectorAll('main [id]').map(idOf).toSorted();
