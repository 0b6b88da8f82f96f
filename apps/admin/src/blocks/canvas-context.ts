import type { Editor } from '@tiptap/react';
import { createContext, useContext, type RefObject } from 'react';
import type { Doc } from './document.js';
import type { Place } from './edits.js';

/** What the parts of the editor share: the document, what is chosen in it, and what may be done. */
export interface CanvasContext {
  doc: Doc;
  apply: (change: (doc: Doc) => Doc, key?: string) => void;
  /** The chosen section or block. */
  selectedId: string | null;
  select: (id: string | null) => void;
  /** The block whose text is being written. */
  editingId: string | null;
  /** Begins writing, with the cursor where the pointer is. */
  edit: (id: string, at?: { x: number; y: number }) => void;
  stopEditing: () => void;
  startedAt: RefObject<{ x: number; y: number } | null>;
  /** The text editor at work; its buttons stand above the canvas. */
  writing: Editor | null;
  setWriting: (editor: Editor | null) => void;
  device: 'desktop' | 'phone';
  /** Where what is being dragged would go. */
  place: Place | null;
  /** Asks for a name and saves a section or block to be used again. */
  saveAsBlock: (id: string) => void;
}

const Context = createContext<CanvasContext | null>(null);
export const CanvasProvider = Context.Provider;

export function useCanvas(): CanvasContext {
  const context = useContext(Context);
  if (!context) throw new Error('outside the block editor');
  return context;
}

/** The element of a section or block on the canvas. */
export function elementOf(id: string): HTMLElement | null {
  return document.querySelector(`[data-node="${CSS.escape(id)}"]`);
}
