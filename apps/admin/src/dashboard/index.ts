import { screen, type Feature } from '../app/feature.js';

export const feature: Feature = {
  name: 'dashboard',
  routes: [{ index: true, lazy: screen(() => import('./dashboard-screen.js')) }],
  loadMessages: () => import('./messages.js'),
};
