/** A value helper of our own: arguments in, one value out, no side effects. */
export interface ValueHelper {
  min: number;
  max: number;
  apply(args: readonly unknown[]): unknown;
}

/** Handlebars' own truth: `0`, `''`, `null`, `undefined`, `false` and the empty list are false. */
export function isTrue(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}

function isBlank(value: unknown): boolean {
  if (value === null || value === undefined) return true;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === 'string' && value.trim() === '';
}

/** A value as text, before escaping: lists are joined with commas, objects have no text. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return value.map((item) => (typeof item === 'object' ? '' : textOf(item))).join(', ');
  return '';
}

function numberOf(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'string' || value.trim() === '' || value.length > 40) return null;
  const parsed = Number(value);
  return Number.isFinite(parsed) ? parsed : null;
}

/** Imported fields are often text where the template compares with a number, so `3` and `"3"` are equal. */
function isEqual(left: unknown, right: unknown): boolean {
  const none = (value: unknown): boolean => value === null || value === undefined;
  if (none(left) || none(right)) return none(left) && none(right);
  return textOf(left) === textOf(right);
}

function compare(left: unknown, right: unknown): number | null {
  const [a, b] = [numberOf(left), numberOf(right)];
  if (a !== null && b !== null) return a - b;
  if (typeof left !== 'string' || typeof right !== 'string') return null;
  return left < right ? -1 : left > right ? 1 : 0;
}

const MONTHS = 'January February March April May June July August September October November December'.split(' ');
const two = (value: number): string => String(value).padStart(2, '0');
const isoDate = (date: Date): string =>
  `${date.getUTCFullYear()}-${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())}`;
const clock = (date: Date): string => `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`;

/** The formats of `formatDate`, all in UTC; the sample is 2026-03-05T14:30:00Z. */
export const DATE_FORMATS: Record<string, (date: Date) => string> = {
  // 2026-03-05
  date: isoDate,
  // 2026-03-05 14:30
  dateTime: (date) => `${isoDate(date)} ${clock(date)}`,
  // 14:30
  time: clock,
  // 2026年3月5日
  zh: (date) => `${date.getUTCFullYear()}年${date.getUTCMonth() + 1}月${date.getUTCDate()}日`,
  // 3月5日
  zhShort: (date) => `${date.getUTCMonth() + 1}月${date.getUTCDate()}日`,
  // 5 March 2026
  en: (date) => `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`,
  // March 5, 2026
  us: (date) => `${MONTHS[date.getUTCMonth()]} ${date.getUTCDate()}, ${date.getUTCFullYear()}`,
};

function formatDate(value: unknown, format: unknown): string {
  if (typeof value !== 'number' && (typeof value !== 'string' || value.length > 40 || value.trim() === '')) return '';
  const date = new Date(value);
  if (Number.isNaN(date.getTime())) return '';
  const write = Object.hasOwn(DATE_FORMATS, textOf(format)) ? DATE_FORMATS[textOf(format)] : isoDate;
  return write ? write(date) : '';
}

/** By number of decimals; the last one shows up to six as needed. Making one costs a hundred times using it. */
const NUMBER_FORMATS = [0, 1, 2, 3, 4, 5, 6, null].map(
  (digits) =>
    new Intl.NumberFormat('en-US', { minimumFractionDigits: digits ?? 0, maximumFractionDigits: digits ?? 6 }),
);

function formatNumber(value: unknown, decimals: unknown): string {
  const number = numberOf(value);
  if (number === null) return '';
  const places = numberOf(decimals);
  const digits = places === null ? null : Math.min(6, Math.max(0, Math.trunc(places)));
  return (NUMBER_FORMATS[digits ?? 7] ?? NUMBER_FORMATS[7])?.format(number) ?? '';
}

/** Whether a list has the item, or a text the words; case is ignored, as in searches. */
function contains(value: unknown, wanted: unknown): boolean {
  const words = textOf(wanted).toLowerCase();
  if (Array.isArray(value)) return value.some((item) => textOf(item).toLowerCase() === words);
  return !isBlank(value) && textOf(value).toLowerCase().includes(words);
}

function startsWith(value: unknown, wanted: unknown): boolean {
  return !isBlank(value) && textOf(value).toLowerCase().startsWith(textOf(wanted).toLowerCase());
}

/** The first letter of each word; the rest stays, so that "McDonald" and "USA" do. */
function capitalize(value: unknown): string {
  return textOf(value).replace(
    /(^|[\s-])(\p{Ll})/gu,
    (_, before: string, letter: string) => before + letter.toUpperCase(),
  );
}

const ordered = (test: (difference: number) => boolean) => (args: readonly unknown[]) => {
  const difference = compare(args[0], args[1]);
  return difference !== null && test(difference);
};

/** Every helper a template may use inside `{{…}}` or `(…)`; the block helpers are `if`, `unless`, `each`, `with`. */
export const VALUE_HELPERS: Readonly<Record<string, ValueHelper>> = {
  default: { min: 2, max: 2, apply: ([value, fallback]) => (isBlank(value) ? fallback : value) },
  eq: { min: 2, max: 2, apply: ([left, right]) => isEqual(left, right) },
  ne: { min: 2, max: 2, apply: ([left, right]) => !isEqual(left, right) },
  gt: { min: 2, max: 2, apply: ordered((difference) => difference > 0) },
  lt: { min: 2, max: 2, apply: ordered((difference) => difference < 0) },
  and: { min: 2, max: 10, apply: (args) => args.find((value) => !isTrue(value)) ?? args.every(isTrue) },
  or: { min: 2, max: 10, apply: (args) => args.find(isTrue) ?? args.at(-1) },
  not: { min: 1, max: 1, apply: ([value]) => !isTrue(value) },
  contains: { min: 2, max: 2, apply: ([value, wanted]) => contains(value, wanted) },
  startsWith: { min: 2, max: 2, apply: ([value, wanted]) => startsWith(value, wanted) },
  empty: { min: 1, max: 1, apply: ([value]) => isBlank(value) },
  capitalize: { min: 1, max: 1, apply: ([value]) => capitalize(value) },
  upper: { min: 1, max: 1, apply: ([value]) => textOf(value).toUpperCase() },
  lower: { min: 1, max: 1, apply: ([value]) => textOf(value).toLowerCase() },
  formatDate: { min: 1, max: 2, apply: ([value, format]) => formatDate(value, format) },
  formatNumber: { min: 1, max: 2, apply: ([value, decimals]) => formatNumber(value, decimals) },
};

/** The helper of that name, or null; never one of Object.prototype's. */
export function valueHelper(name: string): ValueHelper | null {
  return Object.hasOwn(VALUE_HELPERS, name) ? (VALUE_HELPERS[name] ?? null) : null;
}
