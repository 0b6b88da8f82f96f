import { useEffect, useState } from 'react';
import { serverNow } from '../api/clock.js';

const TICK_MS = 15_000;

/** The server's time, renewed a few times a minute: a date that was ahead when it was chosen may pass on the page. */
export function useNow(): number {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}
