import { useEffect, useRef } from 'react';

export interface ReviewKeys {
  next: () => void;
  previous: () => void;
  /** Number of the kind, from 0. */
  kind: (index: number) => void;
  accept: () => void;
  undo: () => void;
}

/**
 * The keys of the review: j and k or the arrows move, 1 to 9 are the kinds, Enter takes the guess, u takes back. Off
 * while somebody types or stands on a button, and wherever the person has switched them off (WCAG 2.1.4).
 */
export function useReviewKeys(keys: ReviewKeys, enabled: boolean): void {
  const current = useRef(keys);
  useEffect(() => {
    current.current = keys;
  });
  useEffect(() => {
    if (!enabled) return;
    const pressed = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.defaultPrevented) return;
      if (isBusy(event.target, event.key)) return;
      const act = actionOf(event.key, current.current);
      if (!act) return;
      event.preventDefault();
      act();
    };
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, [enabled]);
}

/** A field takes every key, a button or link its Enter and arrows, an open dialog all. */
function isBusy(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof Element)) return false;
  if (
    target.closest(
      'input:not([type=radio]):not([type=checkbox]), textarea, [contenteditable], .ant-select, [role=dialog]',
    )
  )
    return true;
  return !/^[jku1-9]$/.test(key) && target.closest('button, a, input, [role=radio], summary') !== null;
}

function actionOf(key: string, keys: ReviewKeys): (() => void) | null {
  if (key === 'j' || key === 'ArrowDown') return keys.next;
  if (key === 'k' || key === 'ArrowUp') return keys.previous;
  if (key === 'Enter') return keys.accept;
  if (key === 'u') return keys.undo;
  return /^[1-9]$/.test(key) ? () => keys.kind(Number(key) - 1) : null;
}
