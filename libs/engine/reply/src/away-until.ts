/** The date an out-of-office names: `until May 5th`, `back on 6 May 2025`, `休假至5月6日`, `bis zum 06.05.2025`. */

const MONTHS: Record<string, number> = {
  jan: 1,
  feb: 2,
  mar: 3,
  apr: 4,
  may: 5,
  jun: 6,
  jul: 7,
  aug: 8,
  sep: 9,
  oct: 10,
  nov: 11,
  dec: 12,
  janv: 1,
  fév: 2,
  fev: 2,
  mär: 3,
  mrz: 3,
  avr: 4,
  mai: 5,
  juin: 6,
  juil: 7,
  aoû: 8,
  okt: 10,
  dez: 12,
  déc: 12,
  ene: 1,
  abr: 4,
  ago: 8,
  dic: 12,
  gen: 1,
  mag: 5,
  giu: 6,
  lug: 7,
  set: 9,
  ott: 10,
  mei: 5,
  maj: 5,
  out: 10,
};
/** Words after which the date of return stands. */
const CUE =
  /\b(?:until|till|through|thru|back (?:in (?:the )?office )?(?:on|by)?|return(?:ing)?(?: to (?:the |my )?(?:office|work|desk))?(?: on)?|resume(?: work)? on|bis(?: zum| einschließlich)?|zurück(?: am)?|jusqu'au|de retour le|hasta el|fino al|t\/m|tot(?: en met)?|away [^.\n]{0,20} to)\b|(?:至|到|截止|直到|～|~|—|将于|返回|回来|恢复上班|上班时间|まで)/gi;
/** The usual order of Chinese: `12月5日返回办公室`, `2026年1月3日（周六）恢复上班`. */
const BEFORE =
  /(?:(\d{4})\s?年\s?)?(\d{1,2})\s?月\s?(\d{1,2})\s?[日号]\s?(?:[（(][^）)\n]{1,8}[）)])?[^\n，。,.;；\d]{0,6}?(?:返回|回来|回到|回公司|归来|返岗|销假|恢复(?:上班|工作|办公)|上班|复工)/;
const RANGE = /\b(?:from|between|on|vom|du|von)\s[^.\n]{0,40}$/i;

/**
 * Date as `YYYY-MM-DD`, or null when none is said. Looks at the first 3,000 characters.
 * @param sentAt when the mail was sent, for dates without a year: the next such day on or after it; null takes only
 *   dates with a year
 */
export function awayUntil(text: string, sentAt: Date | null): string | null {
  const top = text.slice(0, 3_000);
  for (const cue of top.matchAll(CUE)) {
    const after = top.slice(cue.index + cue[0].length, cue.index + cue[0].length + 60);
    const date = firstDate(after, sentAt);
    if (date) return date;
  }
  const before = BEFORE.exec(top);
  const date = before && isoDate(before[1], Number(before[2]), Number(before[3]), sentAt);
  return date || rangeEnd(top, sentAt);
}

/** `traveling for work on July 10-31`, `5月1日-5月6日休假`, `from 3 to 14 June`. */
function rangeEnd(text: string, sentAt: Date | null): string | null {
  const english =
    /\b([a-z]{3,9})\.? \d{1,2}(?:st|nd|rd|th)?\s?(?:-|–|to|through)\s?(?:([a-z]{3,9})\.? )?(\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4}))?\b/i.exec(
      text,
    );
  if (english && RANGE.test(text.slice(Math.max(0, english.index - 60), english.index))) {
    const month = monthOf(english[2] ?? english[1]!);
    if (month) return isoDate(english[4], month, Number(english[3]), sentAt);
  }
  const chinese = /\d{1,2}月\d{1,2}[日号]?\s?[-–—~～至到]\s?(?:(\d{1,2})月)?(\d{1,2})[日号]/.exec(text);
  if (!chinese) return null;
  const month = Number(chinese[1] ?? /(\d{1,2})月/.exec(chinese[0])![1]);
  return isoDate(undefined, month, Number(chinese[2]), sentAt);
}

function firstDate(text: string, sentAt: Date | null): string | null {
  const near = text.slice(0, 60);
  // 2025年5月6日, 5月6日
  const zh = /^[^\n]{0,12}?(?:(\d{4})\s?年\s?)?(\d{1,2})\s?月\s?(\d{1,2})\s?[日号]/.exec(near);
  if (zh) return isoDate(zh[1], Number(zh[2]), Number(zh[3]), sentAt);
  // 2025-05-06, 2025/5/6
  const iso = /^[^\n\d]{0,25}(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\b/.exec(near);
  if (iso) return isoDate(iso[1], Number(iso[2]), Number(iso[3]), sentAt);
  // May 5th, 2025
  const named = /^[^\n\d]{0,25}?\b([a-zäéû]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?(?:\s?[,.]?\s(\d{4}))?\b/i.exec(near);
  if (named && monthOf(named[1]!)) return isoDate(named[3], monthOf(named[1]!)!, Number(named[2]), sentAt);
  // 5 May 2025, 5th of May, 5. Mai
  const dayFirst =
    /^[^\n\d]{0,25}(\d{1,2})(?:st|nd|rd|th|er)?\.?\s?(?:of |de )?([a-zäéû]{3,10})\.?(?:\s?,?\s?(?:de )?(\d{4}))?/i.exec(
      near,
    );
  if (dayFirst && monthOf(dayFirst[2]!))
    return isoDate(dayFirst[3], monthOf(dayFirst[2]!)!, Number(dayFirst[1]), sentAt);
  // 06.05.2025 (dots are day first); 25/12/2025 only where no doubt is possible
  const dotted = /^[^\n\d]{0,25}(\d{1,2})\.(\d{1,2})\.(\d{2,4})?/.exec(near);
  if (dotted) return isoDate(dotted[3], Number(dotted[2]), Number(dotted[1]), sentAt);
  return slashed(near, sentAt);
}

function slashed(near: string, sentAt: Date | null): string | null {
  const match = /^[^\n\d]{0,25}(\d{1,2})\/(\d{1,2})(?:\/(\d{2,4}))?\b/.exec(near);
  if (!match) return null;
  const [a, b] = [Number(match[1]), Number(match[2])];
  if (a > 12) return isoDate(match[3], b, a, sentAt);
  return b > 12 || a === b ? isoDate(match[3], a, b, sentAt) : null;
}

function monthOf(word: string): number | null {
  const lower = word.toLowerCase();
  return MONTHS[lower.slice(0, 4)] ?? MONTHS[lower.slice(0, 3)] ?? null;
}

function isoDate(year: string | undefined, month: number, day: number, sentAt: Date | null): string | null {
  const full =
    year === undefined || year === '' ? guessYear(month, day, sentAt) : Number(year.length === 2 ? `20${year}` : year);
  if (full === null || full < 1990 || full > 2100) return null;
  const date = new Date(Date.UTC(full, month - 1, day));
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  return date.toISOString().slice(0, 10);
}

function guessYear(month: number, day: number, sentAt: Date | null): number | null {
  if (sentAt === null || Number.isNaN(sentAt.getTime())) return null;
  const year = sentAt.getUTCFullYear();
  const thisYear = Date.UTC(year, month - 1, day + 1);
  return thisYear >= sentAt.getTime() ? year : year + 1;
}
