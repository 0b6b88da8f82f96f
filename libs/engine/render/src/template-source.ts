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
  /** Templates with `{{unsubscribeUrl}}`, appended to a part that doesn't always have it. */
  footer?: { html: string; text: string } | null;
}
