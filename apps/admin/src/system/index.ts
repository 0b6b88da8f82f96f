import { screen, type Feature } from '../app/feature.js';

export const feature: Feature = {
  name: 'system',
  routes: [{ path: 'settings/system', lazy: screen(() => import('./system-screen.js')) }],
  loadMessages: () => import('./messages.js'),
};
