import { useCallback } from 'react';
import { useSearchParams } from 'react-router';

const NAME = 'why';

/** The address whose story is open stands in the URL (`?why=name@example.com`), so that it can be linked to. */
export function useTrailParam(): { address: string | null; open: (address: string) => void; close: () => void } {
  const [params, setParams] = useSearchParams();
  const change = useCallback(
    (address: string | null) =>
      setParams((old) => {
        const fresh = new URLSearchParams(old);
        if (address) fresh.set(NAME, address);
        else fresh.delete(NAME);
        return fresh;
      }),
    [setParams],
  );
  return { address: params.get(NAME), open: change, close: useCallback(() => change(null), [change]) };
}
