import { screen, type Feature } from '../app/feature.js';

export const feature: Feature = {
  name: 'review',
  routes: [{ path: 'inbound/review', lazy: screen(() => import('./review-screen.js')) }],
  loadMessages: () => import('./messages.js'),
};
