import { screen, type Feature } from '../app/feature.js';

export const feature: Feature = {
  name: 'templates',
  routes: [
    { path: 'templates', lazy: screen(() => import('./templates-screen.js')) },
    { path: 'templates/new', lazy: screen(() => import('./new-template-screen.js')) },
    { path: 'templates/:id', lazy: screen(() => import('./template-screen.js')) },
  ],
  loadMessages: () => import('./messages.js'),
};
