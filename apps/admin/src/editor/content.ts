import type { Resource } from '../api/types.js';

/** What a mail says: subject, preheader and one of a document of blocks, HTML and MJML, with an optional text of its own. */
export type Content = Resource<'Campaign'>['content'];
export type Problem = Resource<'TemplateProblem'>;
export type BodyFormat = 'html' | 'mjml' | 'text';

export const EMPTY_CONTENT: Content = {
  subject: '',
  preheader: null,
  html: null,
  mjml: null,
  text: null,
  document: null,
};

/** How the body is written. Nothing at all counts as HTML, which is what one starts with. */
export function formatOf({ html, mjml, text }: Content): BodyFormat {
  if (mjml !== null) return 'mjml';
  if (html !== null) return 'html';
  return text === null ? 'html' : 'text';
}

/** True while there is no body to send. */
export function isBlank({ html, mjml, text, document }: Content): boolean {
  return !document && !html?.trim() && !mjml?.trim() && !text?.trim();
}

/** The part of the content that an editor tab writes to. */
export function sourceOf(content: Content, format: BodyFormat): string {
  return content[format] ?? '';
}

/** Gmail hides what follows about 102 kB of HTML; links grow when they are tracked. */
export function sizeLevel(bytes: number): 'good' | 'near' | 'over' {
  if (bytes > 95 * 1024) return 'over';
  return bytes > 70 * 1024 ? 'near' : 'good';
}
