import { useSyncExternalStore } from 'react';

const query = window.matchMedia('(max-width: 768px)');

function subscribe(notify: () => void): () => void {
  query.addEventListener('change', notify);
  return () => query.removeEventListener('change', notify);
}

/** True on screens up to 768 px: the navigation becomes a drawer, tables become cards. */
export function useNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => query.matches);
}
