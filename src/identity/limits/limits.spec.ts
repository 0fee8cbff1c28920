import { addressSubject } from './limits.service.js';

describe('whose address it is', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8:1:2::6', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
  ])('%s is counted as %s: an IPv6 subscriber has a /64', (address, subject) => {
    expect(addressSubject(address)).toBe(subject);
  });
});
