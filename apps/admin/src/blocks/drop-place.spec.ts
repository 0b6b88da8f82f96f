import { placeAt, type Target } from './drop-place.js';

const at = (target: Target, top: number, height: number, left = 0, width = 600) => ({
  target,
  rect: { top, left, width, height },
});
/** Two sections of 100 px, 20 px apart; the first has a column with one block, the second two columns. */
const TARGETS = [
  at({ kind: 'canvas', count: 2 }, 0, 1_000),
  at({ kind: 'section', index: 0 }, 100, 100),
  at({ kind: 'column', columnId: 'a', count: 1 }, 110, 80, 10, 580),
  at({ kind: 'block', columnId: 'a', index: 0 }, 110, 40, 10, 580),
  at({ kind: 'section', index: 1 }, 220, 100),
  at({ kind: 'column', columnId: 'b', count: 0 }, 230, 80, 10, 280),
  at({ kind: 'column', columnId: 'c', count: 0 }, 230, 80, 300, 280),
];
const drop = (x: number, y: number, sectionsOnly = false) => placeAt({ x, y }, TARGETS, sectionsOnly);

describe('where something is dropped', () => {
  it('before or after a block, by the half of it', () => {
    expect(drop(50, 115)).toEqual({ columnId: 'a', index: 0 });
    expect(drop(50, 145)).toEqual({ columnId: 'a', index: 1 });
  });

  it('at the end of a column below its blocks, and into an empty one', () => {
    expect(drop(50, 180)).toEqual({ columnId: 'a', index: 1 });
    expect(drop(400, 250)).toEqual({ columnId: 'c', index: 0 });
  });

  it('as a section of its own at the edge of a section, between sections and below them', () => {
    expect(drop(50, 104)).toEqual({ section: 0 });
    expect(drop(50, 210)).toEqual({ section: 1 });
    expect(drop(50, 20)).toEqual({ section: 0 });
    expect(drop(50, 900)).toEqual({ section: 2 });
  });

  it('never into a column for what is a section', () => {
    expect(drop(50, 180, true)).toEqual({ section: 1 });
    expect(drop(400, 250, true)).toEqual({ section: 1 });
  });

  it('nowhere beside the canvas', () => {
    expect(drop(5_000, 50)).toBeNull();
  });
});
