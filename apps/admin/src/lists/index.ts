import { screen, type Feature } from '../app/feature.js';

export const feature: Feature = {
  name: 'lists',
  routes: [{ path: 'lists', lazy: screen(() => import('./lists-screen.js')) }],
  loadMessages: () => import('./messages.js'),
};
