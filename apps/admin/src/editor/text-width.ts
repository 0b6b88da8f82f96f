/** Width of a text in Latin letters: Chinese, kana, hangul, full-width forms and emoji take two. */
export function textWidth(text: string): number {
  let width = 0;
  for (const letter of text)
    width +=
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]|\p{Extended_Pictographic}/u.test(
        letter,
      )
        ? 2
        : 1;
  return width;
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
