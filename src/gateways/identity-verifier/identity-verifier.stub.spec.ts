import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PersonName } from '../../shared/person-name.js';
import { ResidentId } from '../../shared/resident-id.js';
import { GatewayDown } from '../outside-party.js';
import { IdentityVerifierStub, stubResidents } from './identity-verifier.stub.js';
import type { StubResident } from './identity-verifier.stub.js';

const question = (name: string, idNumber: string) => ({
  name: PersonName.parse(name),
  idNumber: ResidentId.parse(idNumber, new Date()),
  transaction: 'T-1',
});
const compare = async (residents: StubResident[], name: string, idNumber: string) =>
  (await new IdentityVerifierStub(residents).compare(question(name, idNumber))).answer;

describe('the stub of the identity verifier', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tongxing-residents-'));
  const file = (content: unknown): string => {
    const path = join(folder, 'residents.json');
    writeFileSync(path, JSON.stringify(content));
    return path;
  };
  afterAll(() => rmSync(folder, { recursive: true }));

  it('ships people whose names and numbers the forms take, one for each answer, rare characters among them', () => {
    const people = stubResidents();
    expect(people.length).toBeGreaterThanOrEqual(12);
    for (const { name, idNumber } of people) {
      expect(PersonName.parse(name).reveal()).toBe(name);
      expect(ResidentId.parse(idNumber, new Date()).reveal()).toBe(idNumber);
    }
    expect(new Set(people.map(({ idNumber }) => idNumber)).size).toBe(people.length);
    const answers = new Set(people.map(({ answer }) => answer));
    for (const answer of ['mismatch', 'not-found', 'down', 'slow'] as const) expect(answers).toContain(answer);
    expect(people.some(({ name }) => name.includes('𠮷'))).toBe(true);
    expect(people.some(({ name }) => name.includes('·'))).toBe(true);
  });

  it('answers by name and number, or as it was told', async () => {
    const people = stubResidents();
    expect(await compare(people, '张三', '420106199003071019')).toBe('match');
    expect(await compare(people, '李四', '420106199003071019')).toBe('mismatch');
    expect(await compare(people, '张三', '420502200002290035')).toBe('not-found');
    expect(await compare(people, '冯远', '420106197101010149')).toBe('not-found');
    await expect(compare(people, '蒋停', '420106197201010154')).rejects.toThrow(GatewayDown);
  });

  it('one who is down closes nothing for the others; an answer has a number', async () => {
    const residents = new IdentityVerifierStub(stubResidents());
    for (let asked = 0; asked < 7; asked += 1) {
      await expect(residents.compare(question('蒋停', '420106197201010154'))).rejects.toThrow(GatewayDown);
    }
    const verdict = await residents.compare(question('张三', '420106199003071019'));
    expect(verdict).toEqual({ answer: 'match', reference: 'T-1' });
  });

  it('reads a file of one’s own: any spelling of X and of the middle dot; says which entry is none', async () => {
    const own = stubResidents(file([{ name: '阿依古丽•买买提', idNumber: '13010219880615808x' }]));
    expect(await compare(own, '阿依古丽・买买提', '13010219880615808X')).toBe('match');
    const bad = [
      { name: '张三', idNumber: '420106199003071019' },
      { name: '李四', idNumber: '1', answer: 'perhaps' },
    ];
    expect(() => stubResidents(file(bad))).toThrow('STUB_RESIDENTS_FILE [1]');
  });
});
