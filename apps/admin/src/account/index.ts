import { screen, type Feature } from '../app/feature.js';

export const feature: Feature = {
  name: 'account',
  routes: [{ path: 'account', lazy: screen(() => import('./account-screen.js')) }],
  loadMessages: () => import('./messages.js'),
};
