import { screen, type Feature } from '../app/feature.js';

export const feature: Feature = {
  name: 'suppressions',
  routes: [{ path: 'suppressions', lazy: screen(() => import('./suppressions-screen.js')) }],
  loadMessages: () => import('./messages.js'),
};
