import { fictionalId } from '../../test/support/fictional-id.js';
import type { Refusal } from './refusal.js';
import { ResidentId } from './resident-id.js';

const NOW = new Date('2026-11-24T00:00:00Z');
const codeOf = (work: () => unknown): string => {
  try {
    work();
    return 'accepted';
  } catch (refusal) {
    return (refusal as Refusal).code;
  }
};

describe('ResidentId (GB 11643)', () => {
  it.each([
    '420106199003071019',
    '130104198811150069',
    '13010219880615808X',
    '420502200002290035',
    '810000199408230021',
    '830000199201300022',
  ])('accepts %s', (number) => expect(ResidentId.parse(number, NOW).reveal()).toBe(number));

  it('normalises what is harmless: lower-case x, full-width digits, spaces', () => {
    expect(ResidentId.parse('13010219880615808x', NOW).reveal()).toBe('13010219880615808X');
    expect(ResidentId.parse(' 420106 19900307 １０１９', NOW).reveal()).toBe('420106199003071019');
  });

  it.each([
    ['', 'id-number.missing'],
    ['420106199003071018', 'id-number.checksum'],
    ['420106199002301011', 'id-number.date'],
    ['130102198511310021', 'id-number.date'],
    ['420106209001011019', 'id-number.date'],
    ['42010619900307101', 'id-number.malformed'],
    ['4201061990030710190', 'id-number.malformed'],
    ['990106199003071019', 'id-number.malformed'],
    ['130102880615808', 'id-number.fifteen-digits'],
    ['42010619900307\u200b1019', 'id-number.malformed'],
  ])('refuses %j as %s', (raw, code) => expect(codeOf(() => ResidentId.parse(raw, NOW))).toBe(code));

  it.each([
    ['2012-11-24', '2026-11-23', 13],
    ['2012-11-24', '2026-11-24', 14],
    ['2012-11-24', '2026-11-25', 14],
    ['2008-02-29', '2026-02-28', 17],
    ['2008-02-29', '2026-03-01', 18],
    ['2008-02-29', '2024-02-28', 15],
    ['2008-02-29', '2024-02-29', 16],
    ['2026-11-24', '2026-11-24', 0],
  ])('of who was born on %s is on %s that of a person of %s', (born, day, age) => {
    expect(fictionalId(born).ageOn(day)).toBe(age);
  });

  it('says whether its owner is a man or a woman', () => {
    expect(ResidentId.fromCanonical('420106199003071019').sex).toBe('male');
    expect(ResidentId.fromCanonical('130104198811150069').sex).toBe('female');
  });

  it('shows neither the birthday nor the last six', () => {
    const id = ResidentId.parse('420106199003071019', NOW);
    expect([id.masked(), id.maskedBirthDate]).toEqual(['4201************19', '19**-**-**']);
  });
});
