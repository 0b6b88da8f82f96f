import { screen, type Feature } from '../app/feature.js';

export const feature: Feature = {
  name: 'replies',
  routes: [
    { path: 'replies', lazy: screen(() => import('./replies-screen.js')) },
    { path: 'replies/:id', lazy: screen(() => import('./thread-screen.js')) },
  ],
  loadMessages: () => import('./messages.js'),
};
