import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router';
import { loadProblemWords } from './api/problem-words.js';
import { messages as app } from './app/messages.js';
import { Providers } from './app/providers.js';
import { router } from './app/router.js';
import './app/app.css';
import './components/components.css';
import { messages as components } from './components/messages.js';
import { registerMessages, startI18n } from './i18n/i18n.js';

startI18n();
registerMessages('app', app);
registerMessages('components', components);

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <Providers>
      <RouterProvider router={router} />
    </Providers>
  </StrictMode>,
);
void loadProblemWords();
