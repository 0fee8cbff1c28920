import ipaddr from 'ipaddr.js';

/** Where a login came from, as coarse as it still helps its owner: kept and shown instead of address and user agent. */
export interface Whereabouts {
  /** `Chrome · Windows` */
  device: string;
  /** `203.0.113.*` or `2001:db8:1:*` */
  place: string;
}

/** Order matters: most browsers also name the ones they descend from. */
const BROWSERS: readonly [RegExp, string][] = [
  [/MicroMessenger/, '微信'],
  [/AlipayClient/, '支付宝'],
  [/HuaweiBrowser/, 'Huawei Browser'],
  [/MiuiBrowser|XiaoMi/i, 'Mi Browser'],
  [/QQBrowser|MQQBrowser/, 'QQ Browser'],
  [/\bEdg/, 'Edge'],
  [/Firefox/, 'Firefox'],
  [/Trident|MSIE/, 'Internet Explorer'],
  [/Chrome|CriOS/, 'Chrome'],
  [/Safari/, 'Safari'],
];
const SYSTEMS: readonly [RegExp, string][] = [
  [/HarmonyOS|OpenHarmony/, 'HarmonyOS'],
  [/Android/, 'Android'],
  [/iPhone|iPad|iPod/, 'iOS'],
  [/Windows/, 'Windows'],
  [/Mac OS X|Macintosh/, 'macOS'],
  [/Linux/, 'Linux'],
];

const first = (table: readonly [RegExp, string][], text: string): string | undefined =>
  table.find(([pattern]) => pattern.test(text))?.[1];

/** Browser and system in words; empty when neither is told. */
const deviceOf = (userAgent: string): string =>
  [first(BROWSERS, userAgent), first(SYSTEMS, userAgent)].filter(Boolean).join(' · ');

const LOOPBACK = '127.0.0.1';

/** As IPv4 where it is one in the clothes of IPv6 (RFC 4291 2.5.5.2), or this computer. */
function plainOf(address: string): string {
  if (address === '::1') return LOOPBACK;
  if (!ipaddr.IPv6.isValid(address)) return address;
  const parsed = ipaddr.IPv6.parse(address);
  return parsed.isIPv4MappedAddress() ? parsed.toIPv4Address().toString() : address;
}

/** The network, not the subscriber: three parts of an IPv4 address, three groups of an IPv6 one, fewer before a `::`. */
function placeOf(address: string): string {
  const plain = plainOf(address);
  if (plain.includes('.')) return plain.replace(/\.\d+$/, '.*');
  if (!plain.includes(':')) return '';
  const network = (plain.split('::')[0] as string).split(':').slice(0, 3);
  return `${network.join(':')}${network.length < 3 ? '::' : ':'}*`;
}

export const whereaboutsOf = (userAgent: string | undefined, address: string | undefined): Whereabouts => ({
  device: deviceOf(userAgent ?? ''),
  place: placeOf(address ?? ''),
});

/**
 * What the places of one region begin with: two parts of an IPv4 address, two groups of an IPv6 one. A subscriber's
 * network changes from day to day, but within it. Empty for an unknown place.
 */
export function regionOf(place: string): string {
  const between = place.includes(':') ? ':' : '.';
  return place && `${place.split(between).slice(0, 2).join(between)}${between}`;
}
