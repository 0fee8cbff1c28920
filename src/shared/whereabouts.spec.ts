import { regionOf, whereaboutsOf } from './whereabouts.js';

describe('where a login came from', () => {
  it.each([
    ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36', 'Chrome · Windows'],
    ['Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0', 'Edge · Windows'],
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) MicroMessenger/8.0', '微信 · iOS'],
    ['Mozilla/5.0 (compatible; MSIE 9.0; Windows NT 6.1; Trident/5.0)', 'Internet Explorer · Windows'],
    ['curl/8.0', ''],
    [undefined, ''],
  ])('names the device coarsely: %s', (userAgent, device) => {
    expect(whereaboutsOf(userAgent, '').device).toBe(device);
  });

  it.each([
    ['203.0.113.7', '203.0.113.*'],
    ['::ffff:203.0.113.7', '203.0.113.*'],
    ['::FFFF:203.0.113.7', '203.0.113.*'],
    ['::ffff:cb00:7107', '203.0.113.*'],
    ['::ffff:127.0.0.1', '127.0.0.*'],
    ['::1', '127.0.0.*'],
    ['2001:db8:1:2::3', '2001:db8:1:*'],
    ['2001:db8::3', '2001:db8::*'],
    ['2001:db8:1::3', '2001:db8:1:*'],
    ['fe80::1', 'fe80::*'],
    [undefined, ''],
  ])('names the network, not the subscriber: %s', (address, place) => {
    expect(whereaboutsOf(undefined, address).place).toBe(place);
  });

  it.each([
    ['203.0.113.*', '203.0.'],
    ['2001:db8:1:*', '2001:db8:'],
    ['2001:db8::*', '2001:db8:'],
    ['', ''],
  ])('names the region that its networks begin with: %s', (place, region) => {
    expect(regionOf(place)).toBe(region);
  });
});
