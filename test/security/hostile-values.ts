/** Marks a place where raw JSON text goes, for what JSON.stringify would not write. */
export class RawJson {
  constructor(readonly text: string) {}
}

/** What a program or a person with bad intent puts where a string, number or object is expected. */
export const HOSTILE_VALUES: unknown[] = [
  null,
  '',
  'a\0b',
  '\ud800 half a character',
  '\u202e\u200f\ufeff\u0000',
  'x'.repeat(70_000),
  '💥'.repeat(300),
  "'; DROP TABLE contacts; --",
  '{{#each this}}{{/each}}',
  'a@example.com\r\nBcc: other@example.com',
  '%00%s%n',
  '-1',
  '9223372036854775808',
  '9999999999999999999',
  '2026-02-30T25:61:61Z',
  '+292278994-08-17T07:12:55Z',
  0,
  -1,
  1.5,
  2_147_483_648,
  Number.MAX_SAFE_INTEGER,
  new RawJson('1e400'),
  new RawJson('-1e-400'),
  new RawJson('123456789012345678901234567890'),
  true,
  [],
  {},
  [null],
  [[[[[[[[['deep']]]]]]]]],
  ['a\0b'],
  { 'a\0b': 1 },
  { made: 'a\0b' },
  { made: '\udfff' },
  { length: 5, then: 1, toString: 1, toJSON: 1 },
  new RawJson('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'),
  new RawJson(`${'['.repeat(5_000)}${']'.repeat(5_000)}`),
  new RawJson(`${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`),
  Array.from({ length: 3_000 }, (_, index) => String(index + 1)),
];

/** Bodies as a whole. */
export const HOSTILE_BODIES: string[] = [
  '',
  'null',
  '[]',
  '""',
  '7',
  '{}',
  '{"a":1',
  '\0',
  '{"__proto__":null}',
  '{"constructor":null,"hasOwnProperty":1}',
  '['.repeat(400_000) + ']'.repeat(400_000),
  '{"a":'.repeat(200_000) + '1' + '}'.repeat(200_000),
];

export const HOSTILE_QUERIES: string[] = [
  '%00',
  'a%00b',
  '',
  '-1',
  '0',
  '1e9',
  '99999999999999999999',
  '%ff%fe',
  '%ed%a0%80',
  '%25',
  '%5c%25_',
  'x'.repeat(450),
  '%F0%9F%92%A5',
  "'%20OR%201=1",
];

/** Cursors as our lists make them, with values they never hold, and some that no list made. */
export const HOSTILE_CURSORS: string[] = [
  '%00',
  'x'.repeat(450),
  ...[[], ['abc'], ['-1'], [-1], ['99999999999999999999'], [1e300], ['a\0b'], [''], ['\ud800'], [null], [['1']]].map(
    cursor,
  ),
  ...[
    ['2026-01-01T00:00:00.000000Z', '99999999999999999999'],
    ['9999-99-99T00:00:00.000000Z', '1'],
    ['2026-02-31T00:00:00.000000Z', '1'],
  ].map(cursor),
];

function cursor(values: unknown): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

export const HOSTILE_IDS: string[] = [
  '0',
  '-1',
  '1.5',
  '1e3',
  'abc',
  '%00',
  '1%00',
  '%',
  '%ff',
  '%2e%2e%2f1',
  '9223372036854775807',
  '9223372036854775808',
  '9999999999999999999',
  '99999999999999999999',
  '%F0%9F%92%A5',
];

/** JSON text of a body in which the value at `path` is replaced. */
export function withValue(body: unknown, path: readonly (string | number)[], value: unknown): string {
  const [head, ...rest] = path;
  if (head === undefined) return value instanceof RawJson ? value.text : JSON.stringify(value);
  if (Array.isArray(body)) {
    return `[${body.map((each, at) => (at === head ? withValue(each, rest, value) : JSON.stringify(each))).join(',')}]`;
  }
  const entries = Object.entries(body as object).map(
    ([key, each]) => `${JSON.stringify(key)}:${key === head ? withValue(each, rest, value) : JSON.stringify(each)}`,
  );
  return `{${entries.join(',')}}`;
}

/** Paths of everything in a body, itself left out. */
export function pathsOf(body: unknown, path: (string | number)[] = []): (string | number)[][] {
  if (typeof body !== 'object' || body === null) return [path];
  const inner = Array.isArray(body)
    ? body.flatMap((each, at) => pathsOf(each, [...path, at]))
    : Object.entries(body).flatMap(([key, each]) => pathsOf(each, [...path, key]));
  return path.length > 0 ? [path, ...inner] : inner;
}
