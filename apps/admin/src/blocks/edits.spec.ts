import { newBlock, newColumn, newSection, type Doc } from './document.js';
import {
  duplicate,
  find,
  insertBlock,
  moveAcross,
  moveBlock,
  moveBy,
  moveSection,
  order,
  placeAfter,
  remove,
  setColumns,
} from './edits.js';

const ids = (letter: string) => {
  let next = 0;
  return () => `${letter}${(next += 1)}`;
};

/** Section s1 with the columns c1 (b1, b2) and c2 (b3); section s2 with c3 (b4). */
function sample(): Doc {
  const [b, c, s] = [ids('b'), ids('c'), ids('s')];
  const blocks = (count: number) => Array.from({ length: count }, () => newBlock('spacer', b, 'en'));
  const first = newSection(s, [newColumn(c, blocks(2), 50), newColumn(c, blocks(1), 50)]);
  const second = newSection(s, [newColumn(c, blocks(1))]);
  return { version: 1, settings: {} as Doc['settings'], sections: [first, second] };
}
const shape = (doc: Doc) =>
  doc.sections.map((section) => section.columns.map((column) => column.blocks.map(({ id }) => id).join(' ')));

describe('edits of a document', () => {
  it('reads sections and blocks in order', () => {
    expect(order(sample())).toEqual(['s1', 'b1', 'b2', 'b3', 's2', 'b4']);
    expect(find(sample(), 'b3')).toMatchObject({ sectionIndex: 0, columnIndex: 1, blockIndex: 0 });
    expect(find(sample(), 'none')).toBeNull();
  });

  it('moves a block to where it was dropped, counted before the move', () => {
    expect(shape(moveBlock(sample(), 'b1', { columnId: 'c1', index: 2 }))).toEqual([['b2 b1', 'b3'], ['b4']]);
    expect(shape(moveBlock(sample(), 'b1', { columnId: 'c3', index: 0 }))).toEqual([['b2', 'b3'], ['b1 b4']]);
    expect(shape(moveBlock(sample(), 'b4', { section: 0 }))).toEqual([['b4'], ['b1 b2', 'b3']]);
  });

  it('changes nothing where a block is dropped on its own place', () => {
    const doc = sample();
    expect(moveBlock(doc, 'b1', { columnId: 'c1', index: 1 })).toBe(doc);
    expect(moveSection(doc, 's1', 1)).toBe(doc);
  });

  it('moves a block by keys through its column and on into the next', () => {
    expect(shape(moveBy(sample(), 'b1', 1))).toEqual([['b2 b1', 'b3'], ['b4']]);
    expect(shape(moveBy(sample(), 'b2', 1))).toEqual([['b1', 'b2 b3'], ['b4']]);
    expect(shape(moveBy(sample(), 'b4', -1))).toEqual([['b1 b2', 'b3 b4']]);
    const doc = sample();
    expect(moveBy(doc, 'b1', -1)).toBe(doc);
    expect(shape(moveBy(doc, 's2', -1))).toEqual([['b4'], ['b1 b2', 'b3']]);
  });

  it('moves a block across the columns of its section, never out of it', () => {
    expect(shape(moveAcross(sample(), 'b2', 1))).toEqual([['b1', 'b3 b2'], ['b4']]);
    const doc = sample();
    expect(moveAcross(doc, 'b3', 1)).toBe(doc);
  });

  it('copies with fresh ids', () => {
    const block = duplicate(sample(), 'b1');
    expect(shape(block.doc)[0]![0]).toBe(`b1 ${block.id} b2`);
    const { doc, id } = duplicate(sample(), 's1');
    const all = doc.sections.flatMap(({ id: own, columns }) => [
      own,
      ...columns.flatMap((column) => [column.id, ...column.blocks.map((entry) => entry.id)]),
    ]);
    expect(new Set(all).size).toBe(all.length);
    expect(doc.sections[1]!.id).toBe(id);
  });

  it('keeps the blocks of columns that go', () => {
    const one = setColumns(sample(), 's1', [100]);
    expect(shape(one)).toEqual([['b1 b2 b3'], ['b4']]);
    expect(one.sections[0]!.columns[0]!.widthPercent).toBeNull();
    expect(setColumns(one, 's1', [33, 67]).sections[0]!.columns.map(({ widthPercent }) => widthPercent)).toEqual([
      33, 67,
    ]);
  });

  it('removes a block or a whole section, and puts a block into a section of its own', () => {
    expect(shape(remove(sample(), 'b2'))).toEqual([['b1', 'b3'], ['b4']]);
    expect(shape(remove(sample(), 's1'))).toEqual([['b4']]);
    const fresh = newBlock('divider', () => 'new', 'en');
    expect(shape(insertBlock(sample(), fresh, { section: 2 }))).toEqual([['b1 b2', 'b3'], ['b4'], ['new']]);
  });

  it('puts something new after what is chosen, else at the end but above a footer', () => {
    const doc = sample();
    expect(placeAfter(doc, 'b1', false)).toEqual({ columnId: 'c1', index: 1 });
    expect(placeAfter(doc, 'b1', true)).toEqual({ section: 1 });
    expect(placeAfter(doc, 's2', false)).toEqual({ columnId: 'c3', index: 1 });
    expect(placeAfter(doc, null, false)).toEqual({ section: 2 });
    const footer = newBlock('unsubscribeFooter', () => 'f', 'en');
    expect(placeAfter(insertBlock(doc, footer, { section: 2 }), null, true)).toEqual({ section: 2 });
    expect(placeAfter({ ...doc, sections: [] }, null, false)).toEqual({ section: 0 });
  });
});
