import { emptyDesign } from '../blocks/index.js';
import { EMPTY_CONTENT, type Content } from '../editor/index.js';
import { currentLocale } from '../i18n/i18n.js';

export type BlankFormat = 'document' | 'html' | 'text';

/** An empty sheet of a kind. */
export function blankContent(format: BlankFormat): Content {
  return { ...EMPTY_CONTENT, [format]: format === 'document' ? emptyDesign(currentLocale()) : '' };
}

/** What an empty mail was begun as; null while nothing was chosen. */
export function begunAs({ html, text }: Content): 'html' | 'text' | null {
  if (html !== null) return 'html';
  return text !== null ? 'text' : null;
}
