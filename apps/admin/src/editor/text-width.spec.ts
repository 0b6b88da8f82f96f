import { SUBJECT_WIDTH, lengthLevel, textWidth } from './text-width.js';

describe('length meters', () => {
  it('counts a Chinese character, full-width punctuation and an emoji as two letters', () => {
    expect(textWidth('Sale')).toBe(4);
    expect(textWidth('春季上新')).toBe(8);
    expect(textWidth('好！')).toBe(4);
    expect(textWidth('🎁')).toBe(2);
  });

  it('tells a subject that phones show whole from one that is cut', () => {
    expect(lengthLevel('', SUBJECT_WIDTH)).toBe('empty');
    expect(lengthLevel('春季上新，会员专享八折', SUBJECT_WIDTH)).toBe('good');
    expect(lengthLevel('春'.repeat(30), SUBJECT_WIDTH)).toBe('near');
    expect(lengthLevel('春'.repeat(36), SUBJECT_WIDTH)).toBe('over');
  });
});
