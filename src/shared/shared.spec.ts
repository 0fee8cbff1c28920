import { inspect } from 'node:util';
import { CreditCode } from './credit-code.js';
import { chinaDay, secondsLeftOfChinaDay } from './china-time.js';
import { EntityName } from './entity-name.js';
import { PersonName } from './person-name.js';
import { Phone } from './phone.js';
import { Refusal } from './refusal.js';
import { UserName } from './user-name.js';

const codeOf = (work: () => unknown): string => {
  try {
    work();
    return 'accepted';
  } catch (refusal) {
    return (refusal as Refusal).code;
  }
};

describe('Phone', () => {
  it.each([
    '13800000000',
    ' 138 0000 0000',
    '+86 138-0000-0000',
    '008613800000000',
    '8613800000000',
    '１３８００００００００',
  ])('reads %s as one number', (raw) => expect(Phone.parse(raw).reveal()).toBe('+8613800000000'));

  it.each([
    ['', 'phone.missing'],
    ['1380000000', 'phone.malformed'],
    ['12800000000', 'phone.malformed'],
    ['138\u200b00000000', 'phone.malformed'],
    ['027-87654321', 'phone.landline'],
    ['+1 2025550123', 'phone.foreign'],
  ])('refuses %j as %s', (raw, code) => expect(codeOf(() => Phone.parse(raw))).toBe(code));

  it('prints as stars everywhere but where it is revealed', () => {
    const phone = Phone.parse('13800000000');
    expect([`${phone}`, JSON.stringify({ phone }), inspect(phone)].join()).toBe('***,{"phone":"***"},***');
    expect(phone.masked()).toBe('138****0000');
  });
});

describe('PersonName', () => {
  it.each([
    ['张三', '张三'],
    ['　张　三　', '张三'],
    ['𠮷田', '𠮷田'],
    ['阿依古丽•买买提', '阿依古丽·买买提'],
    ['Maria da Silva', 'Maria da Silva'],
  ])('accepts %s', (raw, name) => expect(PersonName.parse(raw).reveal()).toBe(name));

  it.each([
    ['', 'name.missing'],
    ['张', 'name.malformed'],
    ['a', 'name.malformed'],
    ['张3', 'name.malformed'],
    ['12345', 'name.malformed'],
    ['张'.repeat(60), 'name.too-long'],
  ])('refuses %j as %s', (raw, code) => expect(codeOf(() => PersonName.parse(raw))).toBe(code));

  it('is masked after its first character, rare ones whole', () => {
    expect(['张三', '𠮷田', '欧阳娜娜'].map((name) => PersonName.parse(name).masked())).toEqual([
      '张*',
      '𠮷*',
      '欧***',
    ]);
  });
});

describe('UserName (R-4.2)', () => {
  it.each([
    ['zhangsan', 'zhangsan'],
    ['  ZhangSan88 ', 'ZhangSan88'],
    ['ｚｈａｎｇｓａｎ８８', 'zhangsan88'],
    ['a123', 'a123'],
    ['abcdefghijklmnopqrst', 'abcdefghijklmnopqrst'],
  ])('accepts %j', (raw, name) => expect(UserName.parse(raw).reveal()).toBe(name));

  it.each([
    ['', 'user-name.missing'],
    ['  ', 'user-name.missing'],
    ['abc', 'user-name.malformed'],
    ['abcdefghijklmnopqrstu', 'user-name.malformed'],
    ['1zhangsan', 'user-name.malformed'],
    ['13800000000', 'user-name.malformed'],
    ['420106199003071019', 'user-name.malformed'],
    ['zhang san', 'user-name.malformed'],
    ['zhang_san', 'user-name.malformed'],
    ['zhang-san', 'user-name.malformed'],
    ['zhang@san', 'user-name.malformed'],
    ['zh\u0430ngsan', 'user-name.foreign-letters'],
    ['zhángsan', 'user-name.foreign-letters'],
    ['𝐳hangsan', 'user-name.foreign-letters'],
    ['zhang\u200bsan', 'user-name.foreign-letters'],
    ['zhangsan😀', 'user-name.foreign-letters'],
    ['张三丰用户', 'user-name.foreign-letters'],
    ['N2420100MF0007G81H', 'user-name.like-code'],
    ['n2420100mf0007g81h', 'user-name.like-code'],
    ['admin', 'user-name.reserved'],
    ['Admin01', 'user-name.reserved'],
    ['adrnin', 'user-name.reserved'],
    ['r00t', 'user-name.reserved'],
    ['gov1', 'user-name.reserved'],
    ['G0vernrnent', 'user-name.reserved'],
    ['OFFIC1AL', 'user-name.reserved'],
  ])('refuses %j as %s', (raw, code) => expect(codeOf(() => UserName.parse(raw))).toBe(code));

  it('names that look alike have one skeleton (TR39), others have their own', () => {
    const skeleton = (raw: string) => UserName.parse(raw).skeleton.reveal();
    const alike = ['zhaoliming', 'ZHAOLIMING', 'zhao1iming', 'zhaoIiming', 'zha0l1ming', 'zhaolirning'];
    expect(new Set(alike.map(skeleton)).size).toBe(1);
    expect(skeleton('zhaoliming2')).not.toBe(skeleton('zhaoliming'));
    expect(skeleton('wangwei')).not.toBe(skeleton('wangmei'));
  });

  it('prints as stars', () => {
    const name = UserName.parse('zhangsan');
    expect([`${name}`, `${name.skeleton}`, name.masked()]).toEqual(['***', '***', 'zh****']);
  });
});

describe('China time', () => {
  it('changes the day at 16:00 UTC', () => {
    expect(chinaDay(new Date('2026-11-24T15:59:59Z'))).toBe('2026-11-24');
    expect(chinaDay(new Date('2026-11-24T16:00:00Z'))).toBe('2026-11-25');
    expect(secondsLeftOfChinaDay(new Date('2026-11-24T15:59:00Z'))).toBe(60);
  });
});

describe('CreditCode (GB 32100)', () => {
  it.each([
    '91420100MA4KABC11X',
    '92420106MA4L00X2XF',
    '93420502MA49Q7T32K',
    '1142000001100A1BXA',
    '1213000040170CD2XX',
    '5113010050020E3F9F',
    '52420000MJH0001A9G',
    '53130000MJ04002B6U',
    '91350100M000100Y43',
    'N2420100MF0007G81H',
    ' 91420100 ma4kabc11x ',
    '９1420100MA4KABC11X',
  ])('reads %s', (raw) => {
    expect(CreditCode.parse(raw).reveal()).toBe(raw.normalize('NFKC').replace(/\s/g, '').toUpperCase());
  });

  it.each([
    ['', 'credit-code.missing'],
    ['91420100MA4KABC110', 'credit-code.checksum'],
    ['91420100MA4KABC1IX', 'credit-code.malformed'],
    ['9142010OMA4KABC11X', 'credit-code.malformed'],
    ['91420100МА4KABC11X', 'credit-code.malformed'],
    ['91420100MA4KABC11', 'credit-code.malformed'],
    ['420100600123456', 'credit-code.fifteen-digits'],
  ])('refuses %j as %s', (raw, code) => expect(codeOf(() => CreditCode.parse(raw))).toBe(code));
});

describe('EntityName', () => {
  it.each([
    ['武汉示例科技有限公司', '武汉示例科技有限公司'],
    ['示例（武汉）贸易 有限公司', '示例(武汉)贸易有限公司'],
    ['ＡＢＣ示例“一·二”公司', 'ABC示例“一·二”公司'],
  ])('reads %s as %s', (raw, text) => expect(EntityName.parse(raw).reveal()).toBe(text));

  it.each([
    ['', 'entity-name.missing'],
    ['　', 'entity-name.missing'],
    ['司', 'entity-name.malformed'],
    ['12345', 'entity-name.malformed'],
    ['<b>公司</b>', 'entity-name.malformed'],
    ['公司\u202e', 'entity-name.malformed'],
    ['公'.repeat(101), 'entity-name.too-long'],
  ])('refuses %j as %s', (raw, code) => expect(codeOf(() => EntityName.parse(raw))).toBe(code));
});
