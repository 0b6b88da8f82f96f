import { useDraggable } from '@dnd-kit/core';
import type { ReactNode } from 'react';
import type { Dragged } from './drop-place.js';

interface PaletteTileProps {
  thing: Dragged;
  onAdd: (thing: Dragged) => void;
  children: ReactNode;
}

/** Something to drag, which a click or Enter puts where it fits. */
export function PaletteTile({ thing, onAdd, children }: PaletteTileProps) {
  const { setNodeRef, listeners } = useDraggable({ id: `new-${JSON.stringify(thing)}`, data: thing });
  return (
    <button ref={setNodeRef} type="button" className="palette-tile" {...listeners} onClick={() => onAdd(thing)}>
      {children}
    </button>
  );
}
