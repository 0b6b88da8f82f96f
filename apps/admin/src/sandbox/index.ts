import { screen, type Feature } from '../app/feature.js';

export const feature: Feature = {
  name: 'sandbox',
  routes: [
    {
      path: 'sandbox',
      lazy: screen(() => import('./sandbox-screen.js')),
      children: [{ path: ':id', lazy: screen(() => import('./message-pane.js')) }],
    },
  ],
  loadMessages: () => import('./messages.js'),
};
