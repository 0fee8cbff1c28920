import { Refusal } from '../shared/refusal.js';
import { csrfToken, csrfValid } from './csrf.js';
import { Optional, Parsed, parseForm, typed } from './fields.js';
import { preferenceCookie, preferencesOf } from './language.js';

class Form {
  @Parsed((raw) => {
    if (raw === '') throw new Refusal('name.missing');
    return raw.toUpperCase();
  })
  name!: string;

  @Parsed((raw) => {
    if (raw === '') throw new Refusal('phone.missing');
    return raw;
  })
  phone!: string;

  @Optional()
  note?: string;
}

const refusals = (body: unknown): string[] => {
  try {
    parseForm(Form, body);
    return [];
  } catch (refusal) {
    return (refusal as Refusal).list.map(({ code, field }) => `${field ?? ''}:${code}`);
  }
};

describe('reading a form', () => {
  it('reads each field by its own rule, and leaves out what is optional and missing', () => {
    expect(parseForm(Form, { name: 'a', phone: '1', _csrf: 'x' })).toEqual({ name: 'A', phone: '1', note: undefined });
  });

  it('tells every fault at once, each at its field', () => {
    expect(refusals({})).toEqual(['name:name.missing', 'phone:phone.missing']);
  });

  it('refuses unknown fields, arrays and objects', () => {
    expect(refusals({ name: 'a', phone: '1', role: 'admin' })).toEqual([':form.unknown-field']);
    expect(refusals({ name: ['a', 'b'], phone: '1' })).toEqual(['name:form.array']);
    expect(refusals({ name: { a: 1 }, phone: '1' })).toEqual(['name:form.array']);
  });

  it.each(['a\u0000', 'a\u0007', 'a\u202eb', 'a\u2066b', 'a\ud800', '\ufeffa'])(
    'refuses invisible characters in %j',
    (name) => {
      expect(refusals({ name, phone: '1' })).toEqual(['name:form.control-characters']);
    },
  );

  it('refuses what is too long, and shows again only what was text', () => {
    expect(refusals({ name: 'a'.repeat(2001), phone: '1' })).toEqual(['name:form.too-long']);
    expect(typed({ name: 'a', list: ['b'] })).toEqual({ name: 'a' });
    expect(typed({ name: '\u202e张\u0000三\ufeff' })).toEqual({ name: '张三' });
  });
});

describe('form tokens', () => {
  it('belong to one binding, and old keys still count', () => {
    const token = csrfToken('interaction:1', ['old']);
    expect(csrfValid('interaction:1', token, ['new', 'old'])).toBe(true);
    expect(csrfValid('interaction:2', token, ['new', 'old'])).toBe(false);
    expect(csrfValid('interaction:1', token, ['new'])).toBe(false);
    expect(csrfValid('interaction:1', undefined, ['old'])).toBe(false);
  });
});

describe('language and size', () => {
  it.each([
    [{}, undefined, 'zh-CN'],
    [{ 'accept-language': 'fr, en;q=0.8, zh;q=0.5' }, undefined, 'en'],
    [{ 'accept-language': 'en' }, 'zh-Hans-CN', 'zh-CN'],
    [{ 'accept-language': 'en' }, 'se', 'en'],
    [{ cookie: 'lang=en', 'accept-language': 'zh' }, 'zh-CN', 'en'],
  ])('headers %j and ui_locales %j give %s', (headers, uiLocales, language) => {
    expect(preferencesOf(headers, uiLocales).language).toBe(language);
  });

  it('keeps only what there is to choose', () => {
    expect(preferenceCookie('size', 'large')).toMatch(/^size=large; Path=\/; Max-Age=/);
    expect(preferenceCookie('size', 'huge')).toBeUndefined();
    expect(preferenceCookie('session', 'x')).toBeUndefined();
    expect(preferencesOf({ cookie: 'size=large' }).large).toBe(true);
  });
});
