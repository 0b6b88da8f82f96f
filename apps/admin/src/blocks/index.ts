import { lazy } from 'react';
import { emptyDocument, type Doc } from './document.js';
import { newId } from './new-id.js';

/** A part of the editor with its texts, which arrive together. */
async function withTexts<T>(part: Promise<T>): Promise<T> {
  const [loaded, { registerMessages }, { messages }] = await Promise.all([
    part,
    import('../i18n/i18n.js'),
    import('./messages.js'),
  ]);
  registerMessages('blocks', messages);
  return loaded;
}

/** The block editor, with its libraries, loaded when it is first shown. */
export const BlockEditor = lazy(() => withTexts(import('./block-editor.js')));

/** Opens the earlier versions of a mail. */
export const HistoryButton = lazy(() => withTexts(import('./history-button.js')));

/** A mail to begin with: a heading, a text and the footer every marketing mail needs. */
export function emptyDesign(locale: 'zh-CN' | 'en'): Doc {
  return emptyDocument(newId, locale);
}
