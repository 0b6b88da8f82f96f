import type { ContentBody } from '#contracts';

/** How the body of content is written. */
export function formatOf({ document, html, mjml }: ContentBody): 'document' | 'html' | 'mjml' | 'text' {
  if (document) return 'document';
  if (mjml) return 'mjml';
  return html ? 'html' : 'text';
}
