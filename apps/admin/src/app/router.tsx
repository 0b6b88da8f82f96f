import { App } from 'antd';
import { Outlet, createBrowserRouter, redirect, type LoaderFunctionArgs, type RouteObject } from 'react-router';
import { ApiError } from '../api/api-error.js';
import { answer, api } from '../api/client.js';
import { queryClient } from '../api/query.js';
import { registerMessages } from '../i18n/i18n.js';
import { ErrorPage, NotFoundPage } from './error-page.js';
import { featureRoute, screen } from './feature.js';
import { FEATURES } from './features.js';
import { adoptSession, meQuery } from './session.js';
import { Shell, BootScreen } from './shell.js';

/** Lets only a signed-in user into the shell; everyone else goes to the login page and comes back afterwards. */
async function requireSession({ request }: LoaderFunctionArgs) {
  try {
    adoptSession(await queryClient.ensureQueryData(meQuery));
    return null;
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 401) throw error;
    const { pathname, search } = new URL(request.url);
    const next = pathname === '/' ? '' : `?next=${encodeURIComponent(pathname + search)}`;
    return redirect(`/login${next}`);
  }
}

/** A fresh system has nobody to sign in yet. */
async function requireSetupDone() {
  const { required } = await answer(api.GET('/api/v1/setup'));
  return required ? redirect('/setup') : null;
}

async function loadSetupMessages() {
  registerMessages('setup', (await import('../setup/messages.js')).messages);
  return null;
}

async function loadReportMessages() {
  registerMessages('report', (await import('../report/messages.js')).messages);
  return null;
}

const routes: RouteObject[] = [
  {
    // Dialogs and notices hang here: within the router, since they may have links.
    element: (
      <App component={false}>
        <Outlet />
      </App>
    ),
    hydrateFallbackElement: <BootScreen />,
    children: [
      {
        errorElement: <ErrorPage />,
        children: [
          {
            loader: loadSetupMessages,
            shouldRevalidate: () => false,
            children: [
              { path: '/login', loader: requireSetupDone, lazy: screen(() => import('../setup/login-screen.js')) },
              { path: '/forgot', lazy: screen(() => import('../setup/forgot-screen.js')) },
              { path: '/reset', lazy: screen(() => import('../setup/reset-screen.js')) },
              { path: '/setup', lazy: screen(() => import('../setup/setup-screen.js')) },
            ],
          },
          {
            loader: loadReportMessages,
            shouldRevalidate: () => false,
            children: [{ path: '/shared/:token', lazy: screen(() => import('../report/shared-screen.js')) }],
          },
          {
            path: '/',
            element: <Shell />,
            loader: requireSession,
            shouldRevalidate: () => false,
            children: [
              {
                errorElement: <ErrorPage />,
                children: [...FEATURES.map(featureRoute), { path: '*', element: <NotFoundPage /> }],
              },
            ],
          },
        ],
      },
    ],
  },
];

export const router = createBrowserRouter(routes);
