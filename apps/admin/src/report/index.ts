import { screen, type Feature } from '../app/feature.js';

export const feature: Feature = {
  name: 'report',
  routes: [
    { path: 'reports', lazy: screen(() => import('./reports-screen.js')) },
    { path: 'campaigns/:id/report', lazy: screen(() => import('./report-screen.js')) },
    { path: 'campaigns/:id/uncertain', lazy: screen(() => import('./uncertain-screen.js')) },
  ],
  loadMessages: () => import('./messages.js'),
};
