import {
  APP_ID,
  CALLBACK,
  TOKEN,
  USER,
  answers,
  clientOf,
  faultOf,
  token,
  wang,
} from '../../../test/support/alipay-client.js';
import { AlipayAtHome, envelope } from '../../../test/support/alipay.js';
import type { AlipayQuestion } from '../../../test/support/alipay.js';
import type { AlipayAccount, AlipayApp } from '../../config/alipay-account.js';
import { chinaSecond } from '../../shared/china-time.js';

describe('Alipay over its own protocol (DOMAIN 4, R-2.6, R-4.3)', () => {
  let home: AlipayAtHome;
  beforeEach(async () => {
    home = await AlipayAtHome.start();
    home.answer = answers({});
  });
  afterEach(async () => home.close());

  const client = (app?: Partial<AlipayApp>, more?: Partial<AlipayAccount>) => clientOf(home, app, more);

  it('sends the person to the authorization page with the very parameters', async () => {
    const page = new URL(await client().authorizationPage('ab12'));
    expect(page.origin + page.pathname).toBe('https://openauth.alipay.com/oauth2/publicAppAuthorize.htm');
    expect(Object.fromEntries(page.searchParams)).toEqual({
      app_id: APP_ID,
      scope: 'auth_user',
      redirect_uri: CALLBACK,
      state: 'ab12',
    });
  });

  it('asks with the very fields, signed over all of them, in China’s time', async () => {
    const before = chinaSecond(new Date());
    await client().whose('4b203');
    const common = {
      app_id: APP_ID,
      charset: 'utf-8',
      sign_type: 'RSA2',
      version: '1.0',
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
      sign: expect.stringMatching(/^[\w+/]{342}==$/),
    };
    const [first, second] = home.asked as [AlipayQuestion, AlipayQuestion];
    expect(home.asked).toHaveLength(2);
    expect(first.address).toEqual({ ...common, method: 'alipay.system.oauth.token' });
    expect(first.form).toEqual({ grant_type: 'authorization_code', code: '4b203' });
    expect(second.address).toEqual({ ...common, method: 'alipay.user.info.share' });
    expect(second.form).toEqual({ auth_token: 'authusrB1' });
    expect(home.asked.map(({ signatureFits }) => signatureFits)).toEqual([true, true]);
    expect((first.all['timestamp'] as string) >= before).toBe(true);
    expect(first.contentType).toBe('application/x-www-form-urlencoded;charset=utf-8');
  });

  it('reads who it is', async () => {
    const { user, certified, name, idNumber, phone } = await client().whose('c');
    expect(user.reveal()).toBe(`open_id|${APP_ID}|061P`);
    expect([certified, name?.reveal(), idNumber?.reveal(), phone?.reveal()]).toEqual([
      true,
      '王小明',
      '420502199901010038',
      '+8613800000000',
    ]);
  });

  it('reads the number that the app is set up for', async () => {
    home.answer = answers({
      token: envelope(TOKEN, { ...token, user_id: '2088' }),
      user: envelope(USER, { ...wang, user_id: '2088' }),
    });
    expect((await client({ userId: 'user_id' }).whose('c')).user.reveal()).toBe(`user_id|${APP_ID}|2088`);
  });

  it.each([
    ['certified F', { is_certified: 'F' }, { certified: false, name: '王小明' }],
    ['another kind of document', { cert_type: '1' }, { certified: false, idNumber: undefined }],
    ['frozen', { user_status: 'B' }, { certified: false }],
    ['no ID number', { cert_no: undefined }, { certified: true, idNumber: undefined }],
    ['an ID number of 15 digits', { cert_no: '130102880615808' }, { certified: true, idNumber: undefined }],
    ['an ID number with a wrong check digit', { cert_no: '420502199901010039' }, { idNumber: undefined }],
    ['a small x', { cert_no: '13010219880615808x' }, { idNumber: '13010219880615808X' }],
    ['no name', { user_name: undefined }, { certified: true, name: undefined }],
    ['a name that is none', { user_name: 'x1' }, { name: undefined }],
    ['a landline', { mobile: '027-87654321' }, { phone: undefined }],
  ])('what it does not say is absent: %s', async (_what, more, expected) => {
    home.answer = answers({ user: envelope(USER, { ...wang, ...more }) });
    const { name, idNumber, phone, certified } = await client().whose('c');
    const plain = { certified, name: name?.reveal(), idNumber: idNumber?.reveal(), phone: phone?.reveal() };
    expect(plain).toMatchObject(expected);
  });

  it('what the app may not see is dropped, and without the right to ask only who it is remains', async () => {
    const seen = await client({ fields: ['phone'] }).whose('c');
    expect([seen.certified, seen.name, seen.idNumber, seen.phone?.reveal()]).toEqual([
      false,
      undefined,
      undefined,
      '+8613800000000',
    ]);
    home.answer = answers({ user: envelope(USER, { code: '40006', sub_code: 'isv.insufficient-isv-permissions' }) });
    expect(await client().whose('c')).toEqual({ user: expect.anything(), certified: false });
  });

  it('a company’s Alipay is no person', async () => {
    home.answer = answers({ user: envelope(USER, { ...wang, user_type: '1' }) });
    expect(await faultOf(client().whose('c'))).toBe('company');
  });
});
