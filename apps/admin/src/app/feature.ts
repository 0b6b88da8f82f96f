import type { RouteObject } from 'react-router';
import { registerMessages } from '../i18n/i18n.js';
import type { Messages } from '../i18n/messages.js';

/**
 * One feature folder: its routes (paths relative to the shell, screens lazy) and its texts under the namespace `name`.
 * Features never import from each other; what two of them need lives in components/ or api/.
 */
export interface Feature {
  /** i18next namespace, the folder's name. */
  name: string;
  routes: RouteObject[];
  /** `() => import('./messages.js')`; loaded before a screen of the feature is shown. */
  loadMessages: () => Promise<{ messages: Messages }>;
}

/** Makes a route of a feature: its texts arrive together with its screens, so no screen is ever shown without them. */
export function featureRoute(feature: Feature): RouteObject {
  return {
    loader: async () => {
      registerMessages(feature.name, (await feature.loadMessages()).messages);
      return null;
    },
    shouldRevalidate: () => false,
    children: feature.routes,
  };
}

/** `lazy` of a route, from a module with the screen as its default export: `lazy: screen(() => import('./x.js'))`. */
export function screen(load: () => Promise<{ default: React.ComponentType }>) {
  return async () => ({ Component: (await load()).default });
}
