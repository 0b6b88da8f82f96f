import { screen, type Feature } from '../app/feature.js';

export const feature: Feature = {
  name: 'senders',
  routes: [
    { path: 'settings/senders', lazy: screen(() => import('./senders-screen.js')) },
    { path: 'settings/sending', lazy: screen(() => import('./sending-screen.js')) },
  ],
  loadMessages: () => import('./messages.js'),
};
