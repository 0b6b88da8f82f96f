import type { Locale } from '#contracts';
import { BOUNCE_REASON_NAMES } from '#engine/segment-query';
import { PROVIDER_NAMES } from '#engine/pace';
import { REPORT_WORDS } from './report-words.js';

/** For whom a workbook is written. */
export interface Reader {
  locale: Locale;
  /** An IANA name. */
  timezone: string;
}

/** Says what the ledger calls by keys in the reader's words; what has none stays as it is. */
export class ReportWording {
  private readonly words;
  private readonly language: 'zh' | 'en';
  private readonly clock: Intl.DateTimeFormat;

  constructor({ locale, timezone }: Reader) {
    this.words = REPORT_WORDS[locale];
    this.language = locale === 'en' ? 'en' : 'zh';
    // Swedish writes 2026-05-06 07:08:09, which spreadsheets take for a time in every language.
    this.clock = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium', timeZone: timezone });
  }

  reason(reason: string): string {
    return named(BOUNCE_REASON_NAMES, reason)?.[this.language] ?? reason;
  }

  kind(kind: string): string {
    return named(this.words.bounceKinds, kind) ?? kind;
  }

  provider(provider: string): string {
    return named(PROVIDER_NAMES, provider)?.[this.language] ?? provider;
  }

  time(instant: string): string {
    return this.clock.format(new Date(instant));
  }

  /** A cell of a recipient, by the name of its column in the CSV. */
  cell(column: string, text: string): string {
    if (column.endsWith('_at')) return this.time(text);
    if (column === 'provider') return this.provider(text);
    if (column === 'status') return named(this.words.outcomes, text) ?? text;
    if (column === 'exclusion') return named(this.words.exclusions, text) ?? text;
    if (column === 'bounce_kind') return this.kind(text);
    return column === 'bounce_reason' ? this.reason(text) : text;
  }
}

function named<T>(names: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(names, key) ? names[key] : undefined;
}
