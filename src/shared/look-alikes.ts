/** What of ASCII's letters and digits looks like another (Unicode TR39, confusables): `I` and `1` like `l`, `0` like `o`. */
const LOOKS_LIKE: Record<string, string> = { '0': 'o', '1': 'l', i: 'l', m: 'rn' };

/**
 * The skeleton of a name, in the manner of Unicode TR39: case folded, look-alikes made one. Two names of which one could
 * be read as the other have the same skeleton. @param name ASCII letters and digits
 */
export const skeletonOf = (name: string): string =>
  [...name.toLowerCase()].map((letter) => LOOKS_LIKE[letter] ?? letter).join('');

/** Names nobody may have, by what they would pretend to be. A number after one (`admin01`) makes no other name of it. */
const RESERVED = {
  'the operator of this service':
    'admin administrator root superuser sysadmin system operator webmaster hostmaster postmaster security support service helpdesk staff',
  'the same, in Pinyin': 'guanliyuan guanli kefu xitong yunwei jishu zhichi guanfang tongzhi gonggao',
  'the government': 'gov government official zhengfu shengzhengfu shizhengfu zhengwu zwfw zhengwufuwu renmin',
  'authorities that citizens obey': 'police gongan jingcha fayuan jiancha shuiwu shebao minzheng jiwei zhongjiwei',
  'this service and its portals': 'tongxing unified account hubei hebei ehuiban jishiban portal provider',
  'what programs mean something by': 'null undefined none anonymous guest nobody user username test demo api www mail',
};

const reserved = new Set(Object.values(RESERVED).flatMap((words) => words.split(' ').map(skeletonOf)));

/** Whether a name is one of the reserved ones, or looks like one. @param name ASCII letters and digits */
export const isReserved = (name: string): boolean =>
  reserved.has(skeletonOf(name)) || reserved.has(skeletonOf(name.replace(/\d+$/, '')));
