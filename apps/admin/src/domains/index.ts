import { screen, type Feature } from '../app/feature.js';

export const feature: Feature = {
  name: 'domains',
  routes: [
    { path: 'settings/domains', lazy: screen(() => import('./domains-screen.js')) },
    { path: 'settings/domains/:id', lazy: screen(() => import('./domain-screen.js')) },
  ],
  loadMessages: () => import('./messages.js'),
};
