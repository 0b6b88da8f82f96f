import { screen, type Feature } from '../app/feature.js';

export const feature: Feature = {
  name: 'hygiene',
  routes: [{ path: 'settings/bounce-rules', lazy: screen(() => import('./hygiene-screen.js')) }],
  loadMessages: () => import('./messages.js'),
};
