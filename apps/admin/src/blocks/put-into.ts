import { newBlock, newReusable, type Doc } from './document.js';
import type { Dragged } from './drop-place.js';
import { emptySection, insertBlock, insertSection, moveBlock, moveSection, type Place } from './edits.js';
import type { NewBlockType } from './kinds.js';
import { newId } from './new-id.js';

/** The document with something put or moved to a place, and the id of it. */
export function putInto(doc: Doc, thing: Dragged, place: Place): { doc: Doc; id: string } {
  const section = 'section' in place ? place.section : doc.sections.length;
  switch (thing.kind) {
    case 'new-block': {
      const block = newBlock(thing.type as NewBlockType, newId, doc.settings.lang);
      return { doc: insertBlock(doc, block, place), id: block.id };
    }
    case 'new-section': {
      const fresh = emptySection(thing.widths);
      return { doc: insertSection(doc, fresh, section), id: fresh.id };
    }
    case 'saved': {
      const reference = newReusable(thing.id, newId);
      return { doc: insertBlock(doc, reference, thing.whole ? { section } : place), id: reference.id };
    }
    case 'block':
      return { doc: moveBlock(doc, thing.id, place), id: thing.id };
    case 'section':
      return { doc: moveSection(doc, thing.id, section), id: thing.id };
  }
}
