import { screen, type Feature } from '../app/feature.js';

export const feature: Feature = {
  name: 'review',
  routes: [
    { path: 'inbound/review', lazy: screen(() => import('./review-screen.js')) },
    { path: 'inbound/rules', lazy: screen(() => import('./rules-screen.js')) },
  ],
  loadMessages: () => import('./messages.js'),
};
