const WIDE =
  /^[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]|\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u;
/** What data put in the place of a variable without a fallback, as wide as a short name. */
const SOME_DATA = '····';

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** The letters of a text as people count them: a family emoji, a flag or a letter with its accent is one. */
export function lettersOf(text: string): string[] {
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** Width of a text in Latin letters: Chinese, kana, hangul, full-width forms and emoji take two. */
export function textWidth(text: string): number {
  return lettersOf(text).reduce((width, letter) => width + (WIDE.test(letter) ? 2 : 1), 0);
}

/** What people will see of a template, roughly: fallbacks in the place of variables, and blocks without their tags. */
export function shownText(template: string): string {
  return template.replace(/\{\{\{?([^{}]{0,500})\}?\}\}/g, (_tag, inner: string) => {
    const tag = inner.trim();
    if (/^[#/^!]|^else\b/.test(tag)) return '';
    const fallback = /^default\s+\S+\s+(?:"([^"]*)"|'([^']*)')$/.exec(tag);
    return fallback ? (fallback[1] ?? fallback[2] ?? '') : SOME_DATA;
  });
}

export type LengthLevel = 'empty' | 'good' | 'near' | 'over';

/** How much of a line mail programs show: `good` fits a phone, `near` fits a desktop, `over` is cut off everywhere. */
export function lengthLevel(text: string, limits: { phone: number; desktop: number }): LengthLevel {
  const width = textWidth(text);
  if (width === 0) return 'empty';
  if (width <= limits.phone) return 'good';
  return width <= limits.desktop ? 'near' : 'over';
}

/** Widths that Gmail, Outlook, Apple Mail and QQ Mail show before the dots. */
export const SUBJECT_WIDTH = { phone: 40, desktop: 70 };
export const PREHEADER_WIDTH = { phone: 80, desktop: 130 };
