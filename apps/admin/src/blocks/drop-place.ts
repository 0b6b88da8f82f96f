import type { CollisionDetection, UniqueIdentifier } from '@dnd-kit/core';
import type { Place } from './edits.js';

/** What is being dragged: something new from the palette, or a section or block of the canvas. */
export type Dragged =
  | { kind: 'new-block'; type: string }
  | { kind: 'new-section'; widths: readonly number[] }
  | { kind: 'saved'; id: string; whole: boolean }
  | { kind: 'block'; id: string }
  | { kind: 'section'; id: string };

/** What can be dropped upon. */
export type Target =
  | { kind: 'block'; columnId: string; index: number }
  | { kind: 'column'; columnId: string; count: number }
  | { kind: 'section'; index: number }
  | { kind: 'canvas'; count: number };

export function movesSections(dragged: Dragged): boolean {
  return dragged.kind === 'section' || dragged.kind === 'new-section' || (dragged.kind === 'saved' && dragged.whole);
}

interface Rect {
  top: number;
  left: number;
  width: number;
  height: number;
}

/**
 * The place under the pointer. A block stands for the places before and after it, by halves; what is left of a column
 * for its end; what is left of a section, and the page around, for a section of its own.
 */
export function placeAt(
  pointer: { x: number; y: number },
  targets: { target: Target; rect: Rect }[],
  sectionsOnly: boolean,
): Place | null {
  const inside = targets.filter(
    ({ rect }) =>
      pointer.x >= rect.left &&
      pointer.x <= rect.left + rect.width &&
      pointer.y >= rect.top &&
      pointer.y <= rect.top + rect.height,
  );
  const upper = ({ top, height }: Rect) => pointer.y < top + height / 2;
  for (const kind of sectionsOnly ? (['section'] as const) : (['block', 'column', 'section'] as const)) {
    const hit = inside.find(({ target }) => target.kind === kind);
    if (!hit) continue;
    const { target, rect } = hit;
    if (target.kind === 'block') return { columnId: target.columnId, index: target.index + (upper(rect) ? 0 : 1) };
    if (target.kind === 'column') {
      return { columnId: target.columnId, index: upper(rect) && target.count > 0 ? 0 : target.count };
    }
    if (target.kind === 'section') return { section: target.index + (upper(rect) ? 0 : 1) };
  }
  const canvas = inside.find(({ target }) => target.kind === 'canvas');
  if (canvas?.target.kind !== 'canvas') return null;
  const below = targets.filter(({ target, rect }) => target.kind === 'section' && upper(rect));
  return { section: canvas.target.count - below.length };
}

/** {@link placeAt} as dnd-kit asks for it: one collision that carries the place. */
export const dropDetection: CollisionDetection = ({
  active,
  pointerCoordinates,
  droppableContainers,
  droppableRects,
}) => {
  if (!pointerCoordinates) return [];
  const dragged = active.data.current as Dragged;
  const targets: { target: Target; rect: Rect; id: UniqueIdentifier }[] = [];
  for (const { id, data } of droppableContainers) {
    const rect = droppableRects.get(id);
    if (rect) targets.push({ id, target: data.current as Target, rect });
  }
  const place = placeAt(pointerCoordinates, targets, movesSections(dragged));
  return place ? [{ id: 'place', data: { place } }] : [];
};
