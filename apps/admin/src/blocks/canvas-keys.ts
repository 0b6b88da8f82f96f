import type { KeyboardEvent } from 'react';
import { isWritable } from './block-view.js';
import { elementOf, useCanvas } from './canvas-context.js';
import { find, order } from './edits.js';
import { useNodeActions } from './node-actions.js';

/** Keys on the canvas: arrows go from one to the next, with Alt they move it; Enter writes or goes to its properties. */
export function useCanvasKeys(): (event: KeyboardEvent) => void {
  const { doc, select, edit, editingId } = useCanvas();
  const act = useNodeActions();
  return (event) => {
    const id = (event.target as HTMLElement).dataset.node;
    if (!id || editingId) return;
    const run = keyAction(event, id);
    if (!run) return;
    event.preventDefault();
    event.stopPropagation();
    run();
  };

  function keyAction({ key, altKey, ctrlKey, metaKey }: KeyboardEvent, id: string): (() => void) | null {
    if (altKey) {
      const moves: Record<string, (id: string) => void> = {
        ArrowUp: act.up,
        ArrowDown: act.down,
        ArrowLeft: act.left,
        ArrowRight: act.right,
      };
      const move = moves[key];
      return move ? () => move(id) : null;
    }
    if (ctrlKey || metaKey) return key.toLowerCase() === 'd' ? () => act.duplicate(id) : null;
    const ids = order(doc);
    const at = ids.indexOf(id);
    const go = (to: number) => () => {
      const next = ids[Math.min(Math.max(to, 0), ids.length - 1)]!;
      select(next);
      elementOf(next)?.focus();
    };
    const block = find(doc, id)?.block;
    switch (key) {
      case 'ArrowDown':
        return go(at + 1);
      case 'ArrowUp':
        return go(at - 1);
      case 'Home':
        return go(0);
      case 'End':
        return go(ids.length - 1);
      case 'Delete':
      case 'Backspace':
        return () => act.remove(id);
      case 'Enter':
        return () => {
          select(id);
          if (block && isWritable(block)) edit(id);
          else focusProperties();
        };
      case 'Escape':
        return () => select(null);
      default:
        return null;
    }
  }
}

/** The first field of the properties, once they are drawn. */
export function focusProperties(): void {
  requestAnimationFrame(() =>
    document.querySelector<HTMLElement>('.properties :is(input, button, textarea, [tabindex="0"])')?.focus(),
  );
}
