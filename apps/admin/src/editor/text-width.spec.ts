import { SUBJECT_WIDTH, lengthLevel, lettersOf, shownText, textWidth } from './text-width.js';

describe('length meters', () => {
  it('counts a Chinese character, full-width punctuation and an emoji as two letters', () => {
    expect(textWidth('Sale')).toBe(4);
    expect(textWidth('春季上新')).toBe(8);
    expect(textWidth('好！')).toBe(4);
    expect(textWidth('🎁')).toBe(2);
  });

  it('counts as people do: a family, a flag, a keycap and a letter with its accent are one each', () => {
    for (const [text, width] of [
      ['👨‍👩‍👧‍👦', 2],
      ['🇨🇳', 2],
      ['1️⃣', 2],
      ['👍🏽', 2],
      ['e\u0301', 1],
    ] as const) {
      expect([lettersOf(text).length, textWidth(text)]).toEqual([1, width]);
    }
  });

  it('measures what people will see, not the variables', () => {
    expect(shownText('Hi {{default name "friend"}}')).toBe('Hi friend');
    expect(shownText("你好 {{ default fields.nick '朋友' }}！")).toBe('你好 朋友！');
    expect(shownText('{{#if name}}{{name}}{{else}}you{{/if}}')).toBe('····you');
    expect(shownText('50% {{ off')).toBe('50% {{ off');
  });

  it('tells a subject that phones show whole from one that is cut', () => {
    expect(lengthLevel('', SUBJECT_WIDTH)).toBe('empty');
    expect(lengthLevel('春季上新，会员专享八折', SUBJECT_WIDTH)).toBe('good');
    expect(lengthLevel('春'.repeat(30), SUBJECT_WIDTH)).toBe('near');
    expect(lengthLevel('春'.repeat(36), SUBJECT_WIDTH)).toBe('over');
  });
});
