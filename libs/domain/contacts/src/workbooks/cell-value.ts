/** How a number of a sheet is shown: as it is, as a date, a time of day or both, or filled up with zeros. */
export type NumberStyle = 'plain' | 'date' | 'time' | 'datetime' | { zeros: number };

/** Built-in formats of dates and times (ECMA-376 part 1, 18.8.30, those of East Asian languages among them). */
const DATES = new Set([14, 15, 16, 17, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58]);
const TIMES = new Set([18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47]);
const DAY_MS = 86_400_000;
/** Day 0 of the two calendars of spreadsheets; the first believes that 1900 was a leap year. */
const EPOCH_1900 = Date.UTC(1899, 11, 30);
const EPOCH_1904 = Date.UTC(1904, 0, 1);
/** 9999-12-31 */
const LAST_DAY = 2_958_465;
const DIGITS = 15;

/** @param code the format's code where it is not built in */
export function styleOf(id: number, code: string | undefined): NumberStyle {
  if (code === undefined) return DATES.has(id) ? 'date' : TIMES.has(id) ? 'time' : id === 22 ? 'datetime' : 'plain';
  const bare = code
    .slice(0, 255)
    .split(';')[0]!
    .replace(/"[^"]*"|\\.|_.|\*./g, '')
    .replace(/\[[^\]]*\]/g, '');
  if (/^0{2,15}$/.test(bare)) return { zeros: bare.length };
  const isTime = /[hs时秒]/i.test(bare);
  const isDate = /[ydg年日]/i.test(bare) || (/m/i.test(bare) && !isTime);
  return isDate ? (isTime ? 'datetime' : 'date') : isTime ? 'time' : 'plain';
}

/** A number as the sheet shows it to a person, but never in exponents: telephone numbers stay whole. */
export function showNumber(raw: string, style: NumberStyle, since1904: boolean): string {
  const value = Number(raw);
  if (raw.trim() === '' || !Number.isFinite(value)) return raw.trim();
  if (typeof style === 'object') return value >= 0 ? plain(raw, value).padStart(style.zeros, '0') : plain(raw, value);
  if (style === 'plain' || value < 0 || value > LAST_DAY) return plain(raw, value);
  return showInstant(value, style, since1904);
}

function plain(raw: string, value: number): string {
  if (Number.isInteger(value)) return /^-?\d+$/.test(raw.trim()) ? raw.trim() : BigInt(value).toString();
  // What a person typed has fifteen digits at most; those behind are how a computer keeps it.
  const rounded = Number(value.toPrecision(DIGITS));
  const text = String(rounded);
  return /e/i.test(text) ? rounded.toFixed(20).replace(/\.?0+$/, '') : text;
}

function showInstant(value: number, style: 'date' | 'time' | 'datetime', since1904: boolean): string {
  const days = since1904 || value >= 60 ? value : value + 1;
  const at = new Date((since1904 ? EPOCH_1904 : EPOCH_1900) + Math.round(days * 86_400) * 1000);
  const iso = at.toISOString();
  const hasTime = at.getTime() % DAY_MS !== 0;
  if (style === 'time' && value < 1) return iso.slice(11, 19);
  return hasTime && style !== 'date' ? `${iso.slice(0, 10)} ${iso.slice(11, 19)}` : iso.slice(0, 10);
}
