/** What stands below an entry of a history: codes that are worded in the user's language, and words of others as they are. */
export interface TimelineDetail {
  /** Why a mail bounced. */
  reason?: string;
  /** How somebody left. */
  via?: string;
  /** Day until which somebody is away. */
  away?: string;
  /** A machine did it, not the person. */
  isMachine?: true;
  words: string;
}

const BOUNCES = ['hard-bounced', 'soft-bounced', 'blocked'];
const VIAS = ['one-click', 'page', 'mail', 'reply'];

export function timelineDetail({ type, detail }: { type: string; detail: string }): TimelineDetail {
  if (BOUNCES.includes(type)) {
    const [, reason, words = ''] = /^([a-z]{3,30})(?:: (.*))?$/s.exec(detail) ?? [];
    return reason ? { reason, words } : { words: detail };
  }
  if (type === 'unsubscribed' && VIAS.includes(detail)) return { via: detail, words: '' };
  if (type === 'auto-replied' && detail) return { away: detail, words: '' };
  if ((type === 'opened' || type === 'clicked') && detail) return { isMachine: true, words: '' };
  return { words: detail };
}

/** An amount as the reader writes it, with the digits of its currency and any further ones it has. */
export function amountWords(amount: string, currency: string, locale: string): string {
  return new Intl.NumberFormat(locale, { style: 'currency', currency, maximumFractionDigits: 4 }).format(
    Number(amount),
  );
}
