import { sparkPoints } from './spark-points.js';

const box = { width: 44, height: 24 };

describe('the line of a growing list', () => {
  it('ends with what it has now, and goes back day by day', () => {
    // 2, 4, 3
    expect(sparkPoints(3, [1, 2, -1], box)).toBe('2.0,22.0 22.0,2.0 42.0,12.0');
  });

  it('is level where nothing changed, and a point where there is one day', () => {
    expect(sparkPoints(0, [0, 0], box)).toBe('2.0,12.0 42.0,12.0');
    expect(sparkPoints(5, [1], box)).toBe('2.0,12.0');
  });
});
