import { en } from './en.js';
import { fill, refusalText, texts } from './texts.js';
import { zh } from './zh.js';

/** Every text with its path; functions get a word of the language for whatever they ask for. */
function textsOf(node: unknown, word: string, path = ''): [string, string][] {
  if (typeof node === 'string') return [[path, node]];
  if (typeof node === 'function') {
    const values = new Proxy({}, { get: () => word });
    return textsOf((node as (v: object) => unknown)(values), word, path);
  }
  return Object.entries(node as object).flatMap(([key, member]) =>
    textsOf(member, word, path ? `${path}.${key}` : key),
  );
}
const chinese = textsOf(zh, '某某');
const english = textsOf(en, 'something');
const breaking = (all: readonly [string, string][], rule: RegExp, but: RegExp = /^$/) =>
  all.filter(([, text]) => rule.test(text.replace(but, '')));
const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).toSorted();

describe('the texts (LOOK 5)', () => {
  it('are the same set in both languages', () => {
    expect(english.map(([path]) => path).toSorted()).toEqual(chinese.map(([path]) => path).toSorted());
  });

  it('leave nothing empty', () => expect(breaking([...chinese, ...english], /^\s*$/)).toEqual([]));

  it('raise no voice and blame nobody', () => {
    expect(breaking([...chinese, ...english], /[!！]/, /~!_@#\$%\*/)).toEqual([]);
    expect(breaking(chinese, /非法|无效操作|系统异常|错误操作/)).toEqual([]);
    expect(breaking(english, /\b(invalid|illegal|failed to)\b/i)).toEqual([]);
  });

  it('have one word for one thing', () => {
    expect(breaking(english, /\bsign(s|ed|ing)?[ -](in|out|up)\b|\blogon\b|\btyp(e|ed) (the|your|it)\b/i)).toEqual([]);
    expect(breaking(chinese, /登陆|登出|注销登录|身份证号(?!码)|手机号码|动态码|校验码/)).toEqual([]);
  });

  it.each([
    ['Chinese', chinese],
    ['English', english],
  ])('name buttons and links in quotation marks as they are called (%s)', (_language, all) => {
    const texts = new Set(all.map(([, text]) => text));
    const quoted = all.flatMap(([path, text]) =>
      [...text.matchAll(/“([^”]+)”/g)].map(([, label = '']) => [path, label]),
    );
    expect(quoted.length).toBeGreaterThan(5);
    expect(quoted.filter(([, label = '']) => !texts.has(label) && !/某某|something|\{/.test(label))).toEqual([]);
  });

  it('say 帐号 and 您 throughout', () => expect(breaking(chinese, /账号|账户(?!设置)|你/)).toEqual([]));

  it('have full-width punctuation in Chinese', () => {
    expect(breaking(chinese, /[\u4e00-\u9fff][,;:?]|[\u4e00-\u9fff]\.(?!\d)|[\u4e00-\u9fff][(]/)).toEqual([]);
  });

  it('are Chinese in Chinese and English in English', () => {
    expect(breaking(chinese, /[A-Za-z]{2,}/, /\{\w+\}|`[^`]+`|Cookie|English/g)).toEqual([]);
    expect(breaking(english, /[\u4e00-\u9fff]/, /中文/)).toEqual([]);
  });
});

describe('text messages (DESIGN 6)', () => {
  const messages = [...chinese, ...english].filter(([path]) => path.startsWith('sms.'));
  // A stop code is for its reader alone, who is asked to type it in.
  const withCode = messages.filter(([path, text]) => path !== 'sms.phone-moving' && /验证码|\bcode\b/i.test(text));

  it('begin with who writes, and hold no link', () => {
    expect(messages.length).toBeGreaterThan(10);
    expect(breaking(messages, /^(?!【.+】)|https?:|www\.|\w\.(cn|com)/)).toEqual([]);
  });

  it('say of a code that nobody will ask for it, or to whom it may be told', () => {
    expect(withCode.length).toBeGreaterThan(5);
    expect(withCode.filter(([, text]) => !/不会向您索要验证码|never ask|只告诉/.test(text))).toEqual([]);
  });
});

describe('refusals', () => {
  const codes = Object.keys(zh.refusals) as (keyof typeof zh.refusals)[];

  it.each(codes)('%s is whole sentences, with the same values in both languages', (code) => {
    expect(zh.refusals[code]).toMatch(/。$/);
    expect(en.refusals[code]).toMatch(/\.$/);
    expect(placeholders(en.refusals[code])).toEqual(placeholders(zh.refusals[code]));
  });

  it.each(codes.filter((code) => /^(certificate|challenge|signature)\./.test(code)))(
    'R-6.5 %s says what is the matter, and then what to do',
    (code) => {
      const sentences = [zh.refusals[code].split('。'), en.refusals[code].split(/\.(?: |$)/)];
      expect(sentences.map((all) => all.filter(Boolean).length >= 2)).toEqual([true, true]);
      expect(zh.refusals[code]).toMatch(/请|可以|先/);
    },
  );

  it('are filled with their values; one that is missing stays to be seen', () => {
    expect(refusalText('zh-CN', { code: 'sms-code.wrong', values: { left: 4 } })).toBe('验证码不对。还可以再试 4 次。');
    expect(fill('{a} and {b}', { a: '{b}' })).toBe('{b} and {b}');
  });

  it('are there for each language', () => expect([texts('zh-CN'), texts('en')]).toEqual([zh, en]));
});
