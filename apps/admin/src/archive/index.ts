import { screen, type Feature } from '../app/feature.js';

export const feature: Feature = {
  name: 'archive',
  routes: [{ path: 'archive', lazy: screen(() => import('./archive-screen.js')) }],
  loadMessages: () => import('./messages.js'),
};
