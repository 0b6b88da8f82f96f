/** Where it is mended. */
export type FindingProperty = 'content.subject' | 'content.preheader' | 'content.html';

/** Something a person should know before the start. */
export interface Finding {
  code: string;
  severity: 'error' | 'warning';
  property: FindingProperty;
  /** English; the UI words the code. */
  message: string;
  params?: Record<string, string | number>;
}

/** A mail as one recipient would get it. */
export interface InspectedMail {
  subject: string;
  preheader: string;
  /** Null where it is text only. */
  html: string | null;
  text: string;
  /** Addresses of its links, templates where they hold data. */
  links: readonly string[];
}
