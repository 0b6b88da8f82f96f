import { lazy } from 'react';
import { registerMessages } from '../i18n/i18n.js';

/** A part with its texts, which arrive together, when it is first shown. */
async function withTexts<T>(part: Promise<T>): Promise<T> {
  const [loaded, { messages }] = await Promise.all([part, import('./messages.js')]);
  registerMessages('savedViews', messages);
  return loaded;
}

/** The views of a list, each one click away. */
export const ViewLinks = lazy(() => withTexts(import('./view-links.js')));

/** Keeps the list as it is just now. */
export const SaveView = lazy(() => withTexts(import('./save-view.js')));

export type { ViewPage } from './views-query.js';
