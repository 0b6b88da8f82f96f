import { screen, type Feature } from '../app/feature.js';

export const feature: Feature = {
  name: 'segments',
  routes: [
    { path: 'segments', lazy: screen(() => import('./segments-screen.js')) },
    { path: 'segments/new', lazy: screen(() => import('./new-segment-screen.js')) },
    { path: 'segments/:id', lazy: screen(() => import('./segment-screen.js')) },
  ],
  loadMessages: () => import('./messages.js'),
};
