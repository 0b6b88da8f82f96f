/** A generated address book, the same for the same size: who is in it, and what of it is deliberately wrong. */
export interface AddressBook {
  csv: string;
  /** Rows of each kind; together all rows behind the header. */
  valid: number;
  duplicates: number;
  invalid: number;
}

/** Columns of the file, and where each goes. */
export const MAPPING = [
  'email',
  'name',
  'locale',
  'field:company',
  'field:city',
  'field:points',
  'field:member',
  'tags',
];
const HEADER = '邮箱 Email,姓名 Name,语言 Locale,公司 Company,城市 City,积分 Points,会员 Member,标签 Tags';

/** Where Chinese and foreign-trade lists have their mailboxes, in per cent. */
const PROVIDERS: ReadonlyArray<readonly [domain: string, percent: number]> = [
  ['qq.test', 26],
  ['foxmail.test', 3],
  ['163.test', 16],
  ['126.test', 6],
  ['yeah.test', 1],
  ['sina.test', 3],
  ['139.test', 2],
  ['189.test', 1],
  ['aliyun.test', 3],
  ['gmail.test', 16],
  ['outlook.test', 6],
  ['hotmail.test', 4],
  ['yahoo.test', 3],
  ['icloud.test', 3],
  ['corp.test', 4],
  ['company.test', 3],
];

/** Addresses whose behaviour is fixed, in parts of ten thousand contacts, at least one each. */
const SIMULATOR: ReadonlyArray<readonly [local: string, per10k: number]> = [
  ['success', 60],
  ['hard-bounce', 40],
  ['refuse', 20],
  ['soft-bounce', 10],
  ['mailbox-full', 20],
  ['block', 5],
  ['greylist', 30],
  ['complaint', 10],
  ['out-of-office', 20],
  ['reply+zh', 10],
  ['reply+en', 10],
  ['unsubscribe', 10],
  ['unsubscribe-mail', 10],
  ['open', 10],
  ['click', 10],
  ['scanner', 10],
  ['proxy-open', 10],
];

const CHINESE = {
  family:
    '王wang 李li 张zhang 刘liu 陈chen 杨yang 赵zhao 黄huang 周zhou 吴wu 徐xu 孙sun 胡hu 朱zhu 高gao 林lin 何he 郭guo 马ma 罗luo'.split(
      ' ',
    ),
  given:
    '伟wei 芳fang 娜na 敏min 静jing 丽li 强qiang 磊lei 洋yang 勇yong 艳yan 杰jie 娟juan 涛tao 明ming 超chao 秀英xiuying 晓燕xiaoyan 子涵zihan 雨桐yutong 浩然haoran 思远siyuan'.split(
      ' ',
    ),
  companies: '海川贸易 星河科技 青松电子 云帆物流 大禾农业 蓝桥设计 金石机械 南山文化'.split(' '),
  cities: '上海 北京 深圳 广州 杭州 成都 武汉 西安 厦门 青岛'.split(' '),
};
const WESTERN = {
  first: 'Emma Liam Olivia Noah Zoë Lucas Mia Hugo Ana José Chloé Jürgen Søren Ingrid Paul Grace'.split(' '),
  last: "Smith Johnson Brown García Müller Rossi Dubois Jensen O'Neill Novák Silva Kowalski Nguyen Lee".split(' '),
  companies: 'Northwind Traders|Blue Harbor Ltd|Müller & Söhne|Atlas Imports, Inc.|Casa Verde|Fjord Supply'.split('|'),
  cities: 'Berlin London Lisbon Chicago Toronto Sydney Lyon Oslo'.split(' '),
};
/** What real lists have in their e-mail column. */
const WRONG = [
  'not-an-address',
  'nobody@',
  '@qq.test',
  'two words@163.test',
  'a@b@gmail.test',
  'li..lei@qq.test',
  '无',
  '',
];

/** Makes an address book of `size` different contacts with 1.5 % duplicate and 0.8 % invalid rows among them. */
export function makeAddressBook(size: number): AddressBook {
  const random = generator(20_261_122);
  const simulator = SIMULATOR.flatMap(([local, share]) =>
    Array.from(
      { length: Math.max(1, Math.round((share * size) / 10_000)) },
      (_, n) => `${local}+${n + 1}@simulator.test`,
    ),
  );
  const rows: string[] = [];
  let duplicates = 0;
  let invalid = 0;
  for (let n = 0; n < size; n += 1) {
    const [person, rest] = makeContact(n, simulator[n], random);
    rows.push(row(person, rest));
    if (n % 67 === 66) {
      duplicates += 1;
      rows.push(row(` ${person.toUpperCase()}`, rest));
    }
    if (n % 125 === 124) {
      rows.push(row(WRONG[invalid % WRONG.length] ?? '', rest));
      invalid += 1;
    }
  }
  // The file's order says nothing about the providers, as in a real export.
  shuffle(rows, random);
  return { csv: `\uFEFF${[HEADER, ...rows].join('\r\n')}\r\n`, valid: size, duplicates, invalid };
}

function makeContact(n: number, simulated: string | undefined, random: () => number): [string, string[]] {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const domain = pickProvider(random());
  const western = /gmail|outlook|hotmail|yahoo|icloud|company/.test(domain) && random() < 0.8;
  const [family, given] = [split(pick(CHINESE.family)), split(pick(CHINESE.given))];
  const [first, last] = [pick(WESTERN.first), pick(WESTERN.last)];
  const spelled = western
    ? `${first}.${last}`
    : pick([`${family.latin}${given.latin}`, `${given.latin}.${family.latin}`]);
  const local = spelled
    .normalize('NFD')
    .replace(/[^A-Za-z.]/g, '')
    .toLowerCase();
  const { companies, cities } = western ? WESTERN : CHINESE;
  // One in twelve has no name: the merge tag's fallback shows.
  const name = random() < 0.08 ? '' : western ? `${first} ${last}` : `${family.han}${given.han}`;
  const tags = [...(random() < 0.1 ? ['VIP'] : []), western ? 'overseas' : '国内'].join(';');
  return [
    simulated ?? `${local}${n + 1}@${domain}`,
    [
      name,
      western ? 'en' : 'zh-CN',
      random() < 0.5 ? pick(companies) : '',
      pick(cities),
      String(Math.floor(random() * 5_000)),
      random() < 0.4 ? 'true' : 'false',
      tags,
    ],
  ];
}

function pickProvider(draw: number): string {
  let left = draw * 100;
  for (const [domain, percent] of PROVIDERS) if ((left -= percent) < 0) return domain;
  return 'qq.test';
}

function split(word: string): { han: string; latin: string } {
  const latin = word.replace(/[^a-z]/g, '');
  return { han: word.slice(0, word.length - latin.length), latin };
}

/** RFC 4180 quoting. */
function row(email: string, rest: string[]): string {
  return [email, ...rest].map((cell) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',');
}

function shuffle(rows: string[], random: () => number): void {
  for (let i = rows.length - 1; i > 0; i -= 1) {
    const j = Math.floor(random() * (i + 1));
    [rows[i], rows[j]] = [rows[j] as string, rows[i] as string];
  }
}

/** Mulberry32: small, seeded, even enough for an address book. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
