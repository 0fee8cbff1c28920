/** A link or a form: what a person without script could use on a page. */
export interface Onward {
  method: 'GET' | 'POST';
  url: URL;
  fields: Record<string, string>;
  /** Its address, id and words: what it is recognised by. */
  label: string;
  ids: string[];
  /** What a person would have to type in first. */
  asks: 'nothing' | 'text' | 'password';
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const decoded = (text: string): string =>
  text.replace(/&(#x?[\da-f]+|\w+);/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return ENTITIES[name.toLowerCase()] ?? whole;
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });

const ATTRIBUTE = /([\w-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g;

function attributesOf(tag: string): Record<string, string> {
  const pairs = [...tag.matchAll(ATTRIBUTE)].map(([, name = '', double, single, bare]) => [
    name.toLowerCase(),
    decoded(double ?? single ?? bare ?? ''),
  ]);
  return Object.fromEntries(pairs) as Record<string, string>;
}

const tagsIn = (html: string, name: string): Record<string, string>[] =>
  [...html.matchAll(new RegExp(`<${name}\\b([^>]*)>`, 'gi'))].map(([, inside = '']) => attributesOf(inside));

const words = (html: string): string => decoded(html.replace(/<[^>]*>/g, ' '));

/** Of an input: what it is for, by its type, or by its name where a script hides what is typed. */
const PASSWORD = /passw|pwd|mima|密码/i;
const TYPED_IN = /^(?:text|tel|email|number|search|url|password)?$/i;

/** What a form wants to be told by the person. */
function askedBy(form: string): Onward['asks'] {
  const typed = tagsIn(form, 'input').filter(({ type = '' }) => TYPED_IN.test(type));
  const isSecret = ({ type = '', name = '', id = '', autocomplete = '' }: Record<string, string>) =>
    type.toLowerCase() === 'password' || PASSWORD.test(`${name} ${id} ${autocomplete}`);
  if (typed.some(isSecret)) return 'password';
  return typed.length > 0 || /<textarea\b/i.test(form) ? 'text' : 'nothing';
}

function linksOf(html: string, base: URL): Onward[] {
  return [...html.matchAll(/<a\b([^>]*)>([^]*?)<\/a>/gi)].flatMap(([, inside = '', content = '']) => {
    const { href, id = '' } = attributesOf(inside);
    const url = href === undefined ? null : URL.parse(href, base);
    if (!url || !/^https?:$/.test(url.protocol)) return [];
    return [{ method: 'GET', url, fields: {}, label: `${href} ${id} ${words(content)}`, ids: [id], asks: 'nothing' }];
  });
}

function formsOf(html: string, base: URL): Onward[] {
  return [...html.matchAll(/<form\b([^>]*)>([^]*?)<\/form>/gi)].flatMap(([, inside = '', content = '']) => {
    const form = attributesOf(inside);
    const url = URL.parse(form['action'] || base.href, base);
    if (!url) return [];
    const fields = tagsIn(content, 'input').filter((one) => one['name'] && one['type'] !== 'submit');
    const buttons = [
      ...tagsIn(content, 'button'),
      ...tagsIn(content, 'input').filter((one) => one['type'] === 'submit'),
    ];
    const ids = [form, ...buttons].map((one) => one['id'] ?? '');
    const values = Object.fromEntries(fields.map((one) => [one['name'] as string, one['value'] ?? '']));
    const [button] = buttons.filter((one) => one['name']);
    if (button) values[button['name'] as string] = button['value'] ?? '';
    const method = form['method']?.toLowerCase() === 'post' ? 'POST' : 'GET';
    const label = [form['action'], ...ids, ...buttons.map((one) => one['value']), words(content)].join(' ');
    return [{ method, url, fields: values, label, ids, asks: askedBy(content) }];
  });
}

/** What leads on from a page, forms first. */
export const onwardsOf = (html: string, base: URL): Onward[] => {
  const seen = html.replace(/<!--[^]*?-->|<script\b[^]*?<\/script>/gi, '');
  return [...formsOf(seen, base), ...linksOf(seen, base)];
};

/** Where a page sends the browser by itself: `<meta http-equiv="refresh">`. */
export function refreshOf(html: string, base: URL): URL | undefined {
  const tag = tagsIn(html, 'meta').find((one) => one['http-equiv']?.toLowerCase() === 'refresh');
  const [, target] = /url\s*=\s*['"]?([^'"]+)/i.exec(tag?.['content'] ?? '') ?? [];
  return (target === undefined ? null : URL.parse(target.trim(), base)) ?? undefined;
}
