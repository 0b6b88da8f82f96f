import { RenderBlocks, SliceMemory } from './render-blocks.js';

describe('the memory of slices', () => {
  it('is used again when the last message of its slice has been let go, and not before', () => {
    const blocks = new RenderBlocks();
    const first = blocks.take();
    const slice = new SliceMemory(blocks, first, 2);
    slice.letGo();
    const meanwhile = blocks.take();
    expect(meanwhile).not.toBe(first);
    slice.letGo();
    expect(blocks.take()).toBe(first);
    expect(blocks.take()).not.toBe(first);
  });

  it('grows to what a slice needs, and forgets blocks that were too small', () => {
    const blocks = new RenderBlocks();
    const small = blocks.take();
    blocks.grow(small.byteLength + 1);
    blocks.give(small);
    expect(blocks.take().byteLength).toBe(2 * small.byteLength);
    blocks.grow(1);
    expect(blocks.take().byteLength).toBe(2 * small.byteLength);
  });

  it('stays bounded: what no block should hold has memory of its own, and few idle blocks are kept', () => {
    const blocks = new RenderBlocks();
    const size = blocks.take().byteLength;
    blocks.grow(1e9);
    expect(blocks.take().byteLength).toBe(size);
    const many = Array.from({ length: 50 }, () => blocks.take());
    for (const memory of many) blocks.give(memory);
    const kept = Array.from({ length: 50 }, () => blocks.take()).filter((memory) => many.includes(memory));
    expect(kept.length).toBeLessThan(20);
  });
});
