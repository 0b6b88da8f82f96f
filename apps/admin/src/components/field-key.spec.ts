import { keyFor } from './field-key.js';

describe('the key proposed for a field', () => {
  it.each([
    ['City', 'city'],
    ['  Job Title ', 'job_title'],
    ['Café 2', 'cafe_2'],
    ['2nd address', 'nd_address'],
    [`${'x'.repeat(39)} y`, 'x'.repeat(39)],
    ['城市', 'city'],
    ['', ''],
  ])('of %j is %j', (label, key) => {
    expect(keyFor(label)).toBe(key);
  });

  it('is a valid key for any label, the same each time, and differs between labels', () => {
    const labels = ['会员编号', '喜好', 'Ünïcode', '🎂', 'x'.repeat(80)];
    const keys = labels.map(keyFor);
    for (const key of keys) expect(key).toMatch(/^[a-z][a-z0-9_]{0,39}$/);
    expect(labels.map(keyFor)).toEqual(keys);
    expect(new Set(keys).size).toBe(labels.length);
  });
});
