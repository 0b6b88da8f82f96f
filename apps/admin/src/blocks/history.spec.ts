import { begin, record, redo, undo } from './history.js';

describe('undo and redo of a document', () => {
  it('go back and forth step by step', () => {
    const two = record(record(begin('a'), 'b', 0), 'c', 1);
    expect(undo(two).present).toBe('b');
    expect(undo(undo(undo(two))).present).toBe('a');
    expect(redo(undo(undo(two))).present).toBe('b');
  });

  it('takes typing in one place without a pause as one step', () => {
    const typed = record(record(record(begin(''), 'H', 0, 'text:1'), 'He', 200, 'text:1'), 'Hel', 400, 'text:1');
    expect(undo(typed).present).toBe('');
    const paused = record(typed, 'Hell', 5_000, 'text:1');
    expect(undo(paused).present).toBe('Hel');
    const elsewhere = record(typed, 'Hel!', 500, 'text:2');
    expect(undo(elsewhere).present).toBe('Hel');
  });

  it('joins nothing to a step that was just undone', () => {
    const back = undo(record(record(begin(''), 'a', 0, 'k'), 'b', 2_000, 'k'));
    expect(undo(record(back, 'c', 2_100, 'k')).present).toBe('a');
  });

  it('forgets what was undone once something else is done', () => {
    const other = record(undo(record(begin('a'), 'b', 0)), 'c', 1);
    expect(redo(other).present).toBe('c');
  });

  it('keeps a bounded number of steps', () => {
    let history = begin(0);
    for (let step = 1; step <= 1_000; step += 1) history = record(history, step, step);
    expect(history.past).toHaveLength(200);
  });
});
