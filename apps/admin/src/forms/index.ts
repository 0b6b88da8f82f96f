import { screen, type Feature } from '../app/feature.js';

export const feature: Feature = {
  name: 'forms',
  routes: [{ path: 'forms', lazy: screen(() => import('./forms-screen.js')) }],
  loadMessages: () => import('./messages.js'),
};
