import { wordRefusal } from './error-words.js';

describe('the reason of a refused row', () => {
  const refusal = { code: 'NOT_A_NUMBER', message: '积分: Not a number. Write it as 1234.5' };

  it('is in the language of the reader, with the column', () => {
    expect(wordRefusal(refusal, ['邮箱', ' 积分'], 'zh-CN')).toBe('积分：不是数字，应如 1234.5');
    expect(wordRefusal(refusal, ['邮箱', '积分'], 'en')).toBe(refusal.message);
  });

  it('counts the columns of a file without a header, and names none for a broken line', () => {
    expect(wordRefusal({ ...refusal, message: 'column 3: Not a number.' }, null, 'zh-CN')).toBe(
      '第 3 列：不是数字，应如 1234.5',
    );
    expect(wordRefusal({ code: 'QUOTE_INVALID', message: 'A quote is misplaced.' }, ['a'], 'zh-CN')).toBe(
      '引号的位置不对',
    );
  });

  it('stays English where the code has no Chinese', () => {
    expect(wordRefusal({ code: 'NEW', message: 'Something new.' }, null, 'zh-CN')).toBe('Something new.');
  });
});
