import { useLayoutEffect, useRef, type KeyboardEvent } from 'react';

const STOPS = 'button:not(:disabled)';

/** One tab stop for a row or grid of buttons; arrows lead from one to the next (WAI-ARIA, toolbar). */
export function useRoving() {
  const ref = useRef<HTMLDivElement>(null);
  const last = useRef<HTMLElement | null>(null);
  const settle = () => {
    const stops = [...(ref.current?.querySelectorAll<HTMLElement>(STOPS) ?? [])];
    const current = stops.find((stop) => stop === last.current) ?? stops[0];
    for (const stop of stops) stop.tabIndex = stop === current ? 0 : -1;
  };
  useLayoutEffect(settle);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const stops = [...(ref.current?.querySelectorAll<HTMLElement>(STOPS) ?? [])];
    const at = stops.indexOf(document.activeElement as HTMLElement);
    const next = stops[(at + step + stops.length) % stops.length];
    if (at < 0 || !next) return;
    event.preventDefault();
    last.current = next;
    settle();
    next.focus();
  };
  return { ref, onKeyDown };
}
