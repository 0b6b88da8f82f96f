import { lazy } from 'react';
import { emptyDocument, type Doc } from './document.js';
import { newId } from './new-id.js';

/** The block editor, with its libraries and texts, loaded when it is first shown. */
export const BlockEditor = lazy(async () => {
  const [{ registerMessages }, { messages }, editor] = await Promise.all([
    import('../i18n/i18n.js'),
    import('./messages.js'),
    import('./block-editor.js'),
  ]);
  registerMessages('blocks', messages);
  return editor;
});

/** A mail to begin with: a heading, a text and the footer every marketing mail needs. */
export function emptyDesign(locale: 'zh-CN' | 'en'): Doc {
  return emptyDocument(newId, locale);
}
