import { QueryClient } from '@tanstack/react-query';
import { ApiError } from './api-error.js';

/** One cache for the whole UI. Refusals are answers and are not retried; silence is retried twice. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      retry: (failures, error) =>
        failures < 2 && error instanceof ApiError && (error.code === 'OFFLINE' || error.status === 503),
      refetchOnWindowFocus: true,
    },
    mutations: { retry: false },
  },
});
