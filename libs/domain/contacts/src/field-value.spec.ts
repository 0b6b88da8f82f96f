import { parseFieldValue } from './field-value.js';

describe('parseFieldValue', () => {
  it.each([
    ['number', '1,280.50', 1280.5],
    ['number', -3, -3],
    ['number', '+0012', 12],
    ['boolean', 'YES', true],
    ['boolean', '否', false],
    ['boolean', 0, false],
    ['date', '2024-02-29', '2024-02-29'],
    ['date', '2024/2/9', '2024-02-09'],
    ['date', '2024年2月9日', '2024-02-09'],
    ['date', '20240209', '2024-02-09'],
    ['date', '2024-02-09T23:00:00+08:00', '2024-02-09'],
    ['text', '  多行\n文本 ', '多行\n文本'],
    ['text', 'half \ud83d pair', 'half \uFFFD pair'],
    ['text', 12, '12'],
    ['date', '', null],
    ['number', null, null],
  ] as const)('takes for a %s field %j as %j', (type, input, value) => {
    expect(parseFieldValue(type, input)).toEqual({ ok: true, value });
  });

  it.each([
    ['number', '12abc', 'NOT_A_NUMBER'],
    ['number', '1,2', 'NOT_A_NUMBER'],
    ['number', '1e9', 'NOT_A_NUMBER'],
    ['number', Infinity, 'NOT_A_NUMBER'],
    ['number', true, 'NOT_A_NUMBER'],
    ['boolean', 'perhaps', 'NOT_A_BOOLEAN'],
    ['date', '2023-02-29', 'NOT_A_DATE'],
    ['date', '13/02/2023', 'NOT_A_DATE'],
    ['date', '0000-01-01', 'NOT_A_DATE'],
    ['text', 'a\0b', 'CONTROL_CHARACTER'],
    ['text', 'x'.repeat(2001), 'TOO_LONG'],
  ] as const)('refuses for a %s field %j', (type, input, code) => {
    expect(parseFieldValue(type, input)).toMatchObject({ ok: false, code });
  });
});
