import { useCallback } from 'react';
import { useSearchParams } from 'react-router';

const NAME = 'message';

/** The message that is open stands in the URL (`?message=42`), so that it can be linked to. */
export function useMessageParam(): { id: string | null; open: (id: string) => void; close: () => void } {
  const [params, setParams] = useSearchParams();
  const change = useCallback(
    (id: string | null) =>
      setParams((old) => {
        const fresh = new URLSearchParams(old);
        if (id) fresh.set(NAME, id);
        else fresh.delete(NAME);
        return fresh;
      }),
    [setParams],
  );
  return { id: params.get(NAME), open: change, close: useCallback(() => change(null), [change]) };
}
