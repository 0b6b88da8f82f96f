import { useEffect, useState } from 'react';
import { afterPause } from './after-pause.js';

/** `value` as it was when it last stood still for `delay` milliseconds, with no word half composed. */
export function useSettled<T>(value: T, delay: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    if (Object.is(value, settled)) return;
    return afterPause(() => setSettled(value), delay);
  }, [value, settled, delay]);
  return settled;
}
