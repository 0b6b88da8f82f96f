import { screen, type Feature } from '../app/feature.js';

export const feature: Feature = {
  name: 'campaigns',
  routes: [
    { path: 'campaigns', lazy: screen(() => import('./campaigns-screen.js')) },
    { path: 'campaigns/new', lazy: screen(() => import('./new-campaign-screen.js')) },
    {
      path: 'campaigns/:id',
      lazy: screen(() => import('./campaign-screen.js')),
      children: [
        { index: true, lazy: screen(() => import('./draft-screen.js')) },
        { path: 'content', lazy: screen(() => import('./content-screen.js')) },
      ],
    },
  ],
  loadMessages: () => import('./messages.js'),
};
