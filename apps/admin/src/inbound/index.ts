import { screen, type Feature } from '../app/feature.js';

export const feature: Feature = {
  name: 'inbound',
  routes: [
    { path: 'inbound', lazy: screen(() => import('./inbound-screen.js')) },
    { path: 'inbound/:id', lazy: screen(() => import('./message-screen.js')) },
  ],
  loadMessages: () => import('./messages.js'),
};
