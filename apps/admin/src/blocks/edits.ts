import { newColumn, newSection, type Block, type Column, type Doc, type Section } from './document.js';
import { newId } from './new-id.js';

/** Where something may be put: into a column before its block `index`, or as a new section before section `index`. */
export type Place = { columnId: string; index: number } | { section: number };

/** Where a section or block stands. */
export interface Found {
  section: Section;
  sectionIndex: number;
  column?: Column;
  columnIndex?: number;
  block?: Block;
  blockIndex?: number;
}

/** Finds a section, column or block by its id. */
export function find(doc: Doc, id: string | null): Found | null {
  if (id === null) return null;
  for (const [sectionIndex, section] of doc.sections.entries()) {
    if (section.id === id) return { section, sectionIndex };
    for (const [columnIndex, column] of section.columns.entries()) {
      if (column.id === id) return { section, sectionIndex, column, columnIndex };
      const blockIndex = column.blocks.findIndex((block) => block.id === id);
      if (blockIndex < 0) continue;
      return { section, sectionIndex, column, columnIndex, block: column.blocks[blockIndex]!, blockIndex };
    }
  }
  return null;
}

/** Ids of the sections and blocks, in the order in which they are read. */
export function order(doc: Doc): string[] {
  return doc.sections.flatMap((section) => [
    section.id,
    ...section.columns.flatMap((column) => column.blocks.map((block) => block.id)),
  ]);
}

/** A section with an empty column for each width (percent). */
export function emptySection(widths: readonly number[]): Section {
  return newSection(
    newId,
    widths.map((width) => newColumn(newId, [], widths.length === 1 ? null : width)),
  );
}

export function updateSection(doc: Doc, id: string, part: Partial<Section>): Doc {
  return mapSections(doc, (section) => (section.id === id ? { ...section, ...part } : section));
}

export function updateColumn(doc: Doc, id: string, part: Partial<Column>): Doc {
  return mapColumns(doc, (column) => (column.id === id ? { ...column, ...part } : column));
}

export function updateBlock(doc: Doc, id: string, part: Partial<Block>): Doc {
  return mapColumns(doc, (column) =>
    column.blocks.some((block) => block.id === id)
      ? {
          ...column,
          blocks: column.blocks.map((block) => (block.id === id ? ({ ...block, ...part } as Block) : block)),
        }
      : column,
  );
}

export function insertBlock(doc: Doc, block: Block, place: Place): Doc {
  if ('section' in place) {
    return insertSection(doc, newSection(newId, [newColumn(newId, [block])]), place.section);
  }
  return mapColumns(doc, (column) =>
    column.id === place.columnId
      ? { ...column, blocks: [...column.blocks.slice(0, place.index), block, ...column.blocks.slice(place.index)] }
      : column,
  );
}

export function insertSection(doc: Doc, section: Section, index: number): Doc {
  return { ...doc, sections: [...doc.sections.slice(0, index), section, ...doc.sections.slice(index)] };
}

/** Moves a block; its place is counted as things stand before the move. A section that held nothing else goes. */
export function moveBlock(doc: Doc, id: string, place: Place): Doc {
  const from = find(doc, id);
  if (!from?.block) return doc;
  const here = 'columnId' in place && from.column!.id === place.columnId;
  const index = here && from.blockIndex! < place.index ? place.index - 1 : 'index' in place ? place.index : 0;
  if (here && from.blockIndex === index) return doc;
  const to = 'columnId' in place ? { columnId: place.columnId, index } : place;
  const moved = insertBlock(remove(doc, id), from.block, to);
  const { columns } = from.section;
  const emptied = !here && columns.length === 1 && columns[0]!.blocks.length === 1;
  return emptied ? remove(moved, from.section.id) : moved;
}

/** Moves a section before the one at `index`, as things stand before the move. */
export function moveSection(doc: Doc, id: string, index: number): Doc {
  const from = doc.sections.findIndex((section) => section.id === id);
  const to = from < index ? index - 1 : index;
  if (from < 0 || from === to) return doc;
  return insertSection(remove(doc, id), doc.sections[from]!, to);
}

/** Up (-1) or down (1): a section among the sections; a block in its column, then on into the next one. */
export function moveBy(doc: Doc, id: string, step: -1 | 1): Doc {
  const at = find(doc, id);
  if (!at) return doc;
  if (!at.block) {
    const to = at.sectionIndex + step;
    return to < 0 || to >= doc.sections.length ? doc : moveSection(doc, id, step < 0 ? to : to + 1);
  }
  const to = at.blockIndex! + step;
  if (to >= 0 && to < at.column!.blocks.length) {
    return moveBlock(doc, id, { columnId: at.column!.id, index: step < 0 ? to : to + 1 });
  }
  const columns = doc.sections.flatMap((section) => section.columns);
  const next = columns[columns.indexOf(at.column!) + step];
  return next ? moveBlock(doc, id, { columnId: next.id, index: step < 0 ? next.blocks.length : 0 }) : doc;
}

/** Into the column before or after it in the same section, at the same height where there is one. */
export function moveAcross(doc: Doc, id: string, step: -1 | 1): Doc {
  const at = find(doc, id);
  const next = at?.block && at.section.columns[at.columnIndex! + step];
  if (!next) return doc;
  return moveBlock(doc, id, { columnId: next.id, index: Math.min(at.blockIndex!, next.blocks.length) });
}

/** Removes a section or a block. */
export function remove(doc: Doc, id: string): Doc {
  if (doc.sections.some((section) => section.id === id)) {
    return { ...doc, sections: doc.sections.filter((section) => section.id !== id) };
  }
  return mapColumns(doc, (column) =>
    column.blocks.some((block) => block.id === id)
      ? { ...column, blocks: column.blocks.filter((block) => block.id !== id) }
      : column,
  );
}

/** Puts a copy after a section or block; answers with the copy's id too. */
export function duplicate(doc: Doc, id: string): { doc: Doc; id: string } {
  const at = find(doc, id);
  if (!at) return { doc, id };
  if (!at.block) {
    const copy = freshSection(at.section);
    return { doc: insertSection(doc, copy, at.sectionIndex + 1), id: copy.id };
  }
  const copy = { ...structuredClone(at.block), id: newId() };
  return { doc: insertBlock(doc, copy, { columnId: at.column!.id, index: at.blockIndex! + 1 }), id: copy.id };
}

/** A copy of a section in which every id is new. */
export function freshSection(section: Section): Section {
  const copy = structuredClone(section);
  return {
    ...copy,
    id: newId(),
    columns: copy.columns.map((column) => ({
      ...column,
      id: newId(),
      blocks: column.blocks.map((block) => ({ ...block, id: newId() })),
    })),
  };
}

/** Gives a section columns of these widths (percent); blocks of columns that go move into the last that stays. */
export function setColumns(doc: Doc, sectionId: string, widths: readonly number[]): Doc {
  return mapSections(doc, (section) => {
    if (section.id !== sectionId) return section;
    const columns = widths.map((width, index) => ({
      ...(section.columns[index] ?? newColumn(newId)),
      widthPercent: widths.length === 1 ? null : width,
    }));
    const left = section.columns.slice(widths.length).flatMap((column) => column.blocks);
    const last = columns.at(-1)!;
    columns[columns.length - 1] = { ...last, blocks: [...last.blocks, ...left] };
    return { ...section, columns };
  });
}

function mapSections(doc: Doc, change: (section: Section) => Section): Doc {
  return { ...doc, sections: doc.sections.map(change) };
}

function mapColumns(doc: Doc, change: (column: Column) => Column): Doc {
  return mapSections(doc, (section) => {
    const columns = section.columns.map(change);
    return columns.some((column, index) => column !== section.columns[index]) ? { ...section, columns } : section;
  });
}

/** Where something new goes that was not dragged: after what is chosen, else at the end, above a closing footer. */
export function placeAfter(doc: Doc, selectedId: string | null, whole: boolean): Place {
  const at = find(doc, selectedId);
  const last = doc.sections.at(-1);
  const footer = last?.columns.some(({ blocks }) => blocks.some(({ type }) => type === 'unsubscribeFooter'));
  if (!at) return { section: doc.sections.length - (footer ? 1 : 0) };
  if (whole) return { section: at.sectionIndex + 1 };
  if (at.block) return { columnId: at.column!.id, index: at.blockIndex! + 1 };
  const column = at.section.columns.find(({ blocks }) => blocks.length === 0) ?? at.section.columns[0]!;
  return { columnId: column.id, index: column.blocks.length };
}

/** What a saved block or section holds. */
export type SavedContent = { kind: 'block'; block: Block } | { kind: 'section'; section: Section };

/** Puts a copy of what was saved in the place of a reference to it; a saved section takes the place of its section. */
export function replaceReference(doc: Doc, id: string, content: SavedContent): Doc {
  const at = find(doc, id);
  if (!at?.block) return doc;
  if (content.kind === 'section') {
    return insertSection(remove(doc, at.section.id), freshSection(content.section), at.sectionIndex);
  }
  const copy = { ...structuredClone(content.block), id: newId() };
  return insertBlock(remove(doc, id), copy, { columnId: at.column!.id, index: at.blockIndex! });
}

/** A section or block as it is saved: with ids of its own. */
export function toSave(doc: Doc, id: string): SavedContent | null {
  const at = find(doc, id);
  if (!at) return null;
  return at.block
    ? { kind: 'block', block: { ...structuredClone(at.block), id: newId() } }
    : { kind: 'section', section: freshSection(at.section) };
}
