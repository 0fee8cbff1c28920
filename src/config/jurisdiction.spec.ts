import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { ConfigurationError } from './faults.js';
import { shown } from './footer.js';
import { loadJurisdiction, parseJurisdiction } from './jurisdiction.js';

type Tree = Record<string, unknown>;
const PROVINCES = ['hubei', 'hebei'] as const;
const written = (id: string): Tree => parse(readFileSync(`jurisdictions/${id}.yaml`, 'utf8')) as Tree;

const faultsOf = (work: () => unknown): readonly string[] => {
  try {
    work();
    return [];
  } catch (error) {
    return (error as ConfigurationError).faults;
  }
};
const demoFaults = (raw: unknown) => faultsOf(() => parseJurisdiction(raw, 'a file', 'demo'));

/** A copy of Hubei's file with one value set, or taken away. */
function hubeiWith(path: string, value?: unknown): Tree {
  const copy = written('hubei');
  const keys = path.split('.');
  const last = keys.pop() as string;
  const at = keys.reduce((node, key) => node[key] as Tree, copy);
  if (value === undefined) delete at[last];
  if (value !== undefined) at[last] = value;
  return copy;
}

/** Every path of a mapping, those of its lists' first members included. */
function paths(node: unknown, parent = ''): string[] {
  if (typeof node !== 'object' || node === null) return [];
  const members = Array.isArray(node) ? Object.entries(node.slice(0, 1)) : Object.entries(node);
  return members.flatMap(([key, member]) => {
    const path = parent === '' ? key : `${parent}.${key}`;
    return [path, ...paths(member, path)];
  });
}

describe.each(PROVINCES)('jurisdictions/%s.yaml', (id) => {
  const file = loadJurisdiction(id, 'demo');

  it('R-5.2 names its kinds of legal entity', () => {
    const kinds = {
      hubei: 'enterprise cooperative individual institution association private-non-enterprise foundation government',
      hebei: 'enterprise government institution foundation private-non-enterprise association',
    }[id].split(' ');
    expect(file.entityTypes.map((type) => type.id).toSorted()).toEqual(kinds.toSorted());
  });

  it('R-1.1 lists the provincial site and one for every city, prefecture, county and district', () => {
    const levels = Map.groupBy(file.portalSites, ({ level }) => level);
    const counted = { hubei: { city: 17, place: '武汉市政务服务网' }, hebei: { city: 11, place: '唐山市政务服务网' } }[
      id
    ];
    expect(levels.get('province')).toHaveLength(1);
    expect(levels.get('city')).toHaveLength(counted.city);
    expect(levels.get('county')?.length).toBeGreaterThan(100);
    const names = file.portalSites.map(({ name }) => name['zh-CN']);
    expect(names.filter((name) => /市辖区|直辖/.test(name))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
    expect(file.portalSites.map(({ name }) => name['zh-CN'])).toContain(counted.place);
  });

  it('R-10.2 names every site in English, each by a name of its own', () => {
    const names = file.portalSites.map(({ name }) => name.en);
    expect(names.filter((name) => /[^\x20-\x7e]/.test(name))).toEqual([]);
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  });

  it('gives every site a code of its own and a parent that is in the list', () => {
    const codes = new Set(file.portalSites.map(({ code }) => code));
    expect(codes.size).toBe(file.portalSites.length);
    const orphans = file.portalSites.filter(({ level, parent }) => level !== 'province' && !codes.has(parent ?? ''));
    expect(orphans).toEqual([]);
  });

  it('has an agreement with a version, in both languages', () => {
    expect(file.agreement.version).toMatch(/^\d{4}-\d{2}/);
    expect(file.agreement.text['zh-CN'].length).toBeGreaterThan(400);
    expect(file.agreement.text.en).toContain('hotline');
  });

  it('is frozen through and through', () => {
    expect(() => Object.assign(file.limits.sms, { triesPerCode: 99 })).toThrow(TypeError);
    expect(() => (file.portalSites as unknown[]).push({})).toThrow(TypeError);
  });

  it('does not start in production while a value of the demonstration is left', () => {
    const faults = faultsOf(() => loadJurisdiction(id, 'production'));
    expect(faults).toContain('footer.icp: a demonstration value');
    for (const text of ['agreement.text', 'privacy', 'accessibility']) {
      for (const language of ['zh-CN', 'en']) expect(faults).toContain(`${text}.${language}: a demonstration value`);
    }
  });
});

describe('what differs between the two provinces', () => {
  const [hubei, hebei] = PROVINCES.map((id) => loadJurisdiction(id, 'demo'));

  it('R-2.2 R-4.1 R-4.2 R-5.1 is said by data', () => {
    expect(hubei).toMatchObject({ captchaBeforeSms: true, representativeFirst: true, codeBeforeCertificate: true });
    expect(hebei).toMatchObject({ captchaBeforeSms: false, representativeFirst: false, codeBeforeCertificate: false });
    expect(hubei?.login.identifiers).toEqual(['phone', 'resident-id']);
    expect(hebei?.login.identifiers).toContain('user-name');
  });

  it('are the guides’ own labels', () => {
    const labels = [hubei, hebei].map((file) => [file?.labels.person['zh-CN'], file?.labels.userCentre['zh-CN']]);
    expect(labels).toEqual([
      ['自然人', '用户空间'],
      ['个人', '账户设置'],
    ]);
  });
});

describe('a jurisdiction file', () => {
  const OPTIONAL = /^footer\.\w+$|^sites\.names|\.\d+$/;
  const required = paths(written('hubei')).filter((path) => !OPTIONAL.test(path));

  it.each(required)('is refused without %s', (path) => {
    expect(demoFaults(hubeiWith(path))).toContainEqual(expect.stringMatching(`^${path.replaceAll('.', '\\.')}: `));
  });

  it.each([
    ['colour', '#c00', 'colour: unknown key'],
    ['limits.sms.perMonth', 5, 'limits.sms.perMonth: unknown key'],
    ['entityTypes.0.note', 'x', 'entityTypes.0.note: unknown key'],
    ['footer.icpNumber', 'x', 'footer.icpNumber: unknown key'],
    ['agreement.text.fr', 'x', 'agreement.text.fr: unknown key'],
  ])('is refused with an unknown key %s', (path, value, fault) => {
    expect(demoFaults(hubeiWith(path, value))).toEqual([fault]);
  });

  it.each([
    ['captchaBeforeSms', 'no'],
    ['lifetimes', []],
    ['lifetimes', 30],
    ['lifetimes.sessionMaxHours', 0],
    ['lifetimes.smsCodeMinutes', 2.5],
    ['limits.login.waitMinutes', [1, 0]],
    ['limits.login.waitMinutes', []],
    ['limits.sms.triesPerCode', '5'],
    ['login.identifiers', ['e-mail']],
    ['login.methods', ['password', 'password']],
    ['entityTypes', []],
    ['entityTypes', { enterprise: '91' }],
    ['entityTypes.0.id', 'circus'],
    ['entityTypes.0.prefixes', ['9']],
    ['demoSites', [{ id: 'hubei', code: '420000' }]],
    ['demoSites', ['hubei', 'wuhan']],
    ['demoSites.0.code', 'wuhan'],
    ['portalName', '湖北政务服务网'],
    ['portalName.en', ''],
    ['agreement.version', 'next month'],
    ['footer.organiser', 'nobody'],
    ['footer.officialMark', { text: '' }],
    ['footer.errorReport', { text: { 'zh-CN': '找错', en: 'Report' }, href: '/', image: '../../etc/passwd' }],
    ['sites.names', 'Wuhan'],
    ['sites.extra', [5]],
  ])('is refused when %s is %j', (path, value) => {
    expect(demoFaults(hubeiWith(path, value)).join('\n')).toContain(path);
  });

  it.each([
    ['sites.province', '99', 'sites.province: the list of places has none under 99'],
    ['sites.names.420199', 'Nowhere', 'sites.names.420199: the list of places has no such code'],
    ['sites.names.420100', 5, 'sites.names.420100: a name expected'],
    ['sites.extra.0.parent', '130100', 'sites.extra.0.parent: the list of places has no 130100'],
    ['sites.extra.0.code', '420100', 'sites.extra: the code 420100 is there already'],
    ['demoSites.1.code', '420199', 'demoSites.1.code: the list of places has no 420199'],
    ['footer.officialMark.image', 'none.png', 'footer.officialMark.image: there is no jurisdictions/none.png'],
    ['entityTypes.0.id', 'foundation', 'entityTypes: foundation is there twice'],
    ['entityTypes.0.prefixes', ['53'], 'entityTypes: the prefix 53 belongs to two types'],
  ])('is refused when %s contradicts the rest', (path, value, fault) => {
    expect(demoFaults(hubeiWith(path, value))).toEqual([fault]);
  });

  it('is refused when it is no mapping, is not there, or is another province’s', () => {
    expect(demoFaults(['hubei'])).toEqual(['a YAML mapping expected']);
    expect(demoFaults(undefined)).toEqual(['a YAML mapping expected']);
    expect(() => loadJurisdiction('atlantis', 'demo')).toThrow(
      /^jurisdictions\/atlantis\.yaml cannot be used:\n {2}- there is no such file/,
    );
  });

  it('has all its faults told at once, each with its path', () => {
    const raw = hubeiWith('limits.sms.perNumberDay', 0);
    delete raw['hotline'];
    expect(demoFaults({ ...raw, colour: 'red' })).toEqual(
      expect.arrayContaining([
        'limits.sms.perNumberDay: must not be less than 1',
        'hotline: required',
        'colour: unknown key',
      ]),
    );
  });

  it('needs each value of the footer in production, or the word none', () => {
    const production = (footer: Tree) =>
      faultsOf(() => parseJurisdiction(hubeiWith('footer', footer), 'a file', 'production')).filter((fault) =>
        fault.startsWith('footer'),
      );
    const keys = ['organiser', 'operator', 'siteId', 'icp', 'publicSecurity', 'officialMark', 'errorReport'];
    expect(production({})).toEqual(keys.map((key) => `footer.${key}: required in production, or the word none`));
    expect(production(Object.fromEntries(keys.map((key) => [key, 'none'])))).toEqual([]);
    expect(demoFaults(hubeiWith('footer', {}))).toEqual([]);
  });

  it('shows nothing where the footer says none', () => {
    const text = { 'zh-CN': '湖北省人民政府办公厅', en: 'General Office' };
    expect([shown('none'), shown(text), shown(undefined)]).toEqual([undefined, text, undefined]);
  });
});
