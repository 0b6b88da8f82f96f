import type { LinkParameters } from './link-parameters.js';

/** A template as its author wrote it: `html` or `mjml`, or neither for a mail of text only. */
export interface TemplateSource {
  subject: string;
  preheader?: string | null;
  html?: string | null;
  mjml?: string | null;
  text?: string | null;
}

export interface CompileOptions {
  /** Rewrite the HTML's links to slots of the link table. */
  trackLinks: boolean;
  /** Added to every web link but those of the unsubscribe, preference and web version pages. */
  linkParameters?: LinkParameters;
  /** Keys of the contact fields there are; with it, `{{fields.…}}` of another one is warned about. */
  fields?: readonly string[];
  /** Templates with `{{unsubscribeUrl}}`, appended to a part that doesn't always have it. */
  footer?: { html: string; text: string } | null;
}

/**
 * Line ends become LF, so that lines count as in an editor. Control characters have no place in a mail, and NUL ends
 * Handlebars' tokens.
 */
export function normalised(text: string): string {
  return text
    .replace(/^\ufeff/, '')
    .replace(/\r\n?/g, '\n')
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, ' ');
}
