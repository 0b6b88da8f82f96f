import { screen, type Feature } from '../app/feature.js';

export const feature: Feature = {
  name: 'fields',
  routes: [{ path: 'fields', lazy: screen(() => import('./fields-screen.js')) }],
  loadMessages: () => import('./messages.js'),
};
